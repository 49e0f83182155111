namespace XenMigrate.Tests.PreCopy;

/// <summary>A host that takes guests, and compares each with its source before it lets it run.</summary>
internal sealed class FakeDestination(GuestMemory? source = null) : IIncomingGuests, IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EmbeddedGuest? Guest { get; private set; }

    public int Reserved { get; private set; }

    public int Activated { get; private set; }

    public int Abandoned { get; private set; }

    public bool? SameAtPause { get; private set; }

    public string? Refusal { get; init; }

    public int FreePages { get; init; } = GuestMemory.MostPages;

    /// <summary>Whether a guest that was started gets no processor.</summary>
    public bool IsStuck { get; set; }

    /// <summary>When the guest that came was activated or abandoned.</summary>
    public Task Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public EmbeddedGuest Reserve(IncomingGuest guest)
    {
        if (Refusal is not null || guest.Pages > FreePages)
        {
            throw new GuestRefusedException(Refusal ?? "there is not enough memory");
        }

        Reserved++;
        Guest = new EmbeddedGuest(guest.Identity, new GuestMemory(guest.Pages), guest.Registers, () => DateTimeOffset.UtcNow);
        return Guest;
    }

    public void Activate(EmbeddedGuest guest, bool paused)
    {
        Activated++;
        SameAtPause = source?.ContentEquals(guest.Memory);
        if (!paused && !IsStuck)
        {
            guest.Resume();
        }

        _ended.TrySetResult();
    }

    public void Abandon(EmbeddedGuest guest)
    {
        Abandoned++;
        guest.Dispose();
        _ended.TrySetResult();
    }

    public void Dispose() => Guest?.Dispose();
}
