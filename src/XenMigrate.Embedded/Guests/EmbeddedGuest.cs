namespace XenMigrate.Embedded.Guests;

/// <summary>A guest of an embedded host: memory, a processor, and what its host knows of it.</summary>
internal sealed class EmbeddedGuest : IDisposable
{
    private readonly GuestHeartbeat _heartbeat;

    /// <summary>A guest that stands still, its memory yet to be filled.</summary>
    public EmbeddedGuest(DomainIdentity identity, GuestMemory memory, VirtualRegisters registers, Func<DateTimeOffset> wallClock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memory.Pages, GuestHeartbeat.FewestPages);
        Name = identity.Name;
        Uuid = identity.Uuid;
        Description = identity.Description;
        Memory = memory;
        Cpu = new VirtualCpu(memory, registers, wallClock);
        _heartbeat = new GuestHeartbeat(memory);
    }

    /// <summary>The name its host has for it; a move in progress may change it. Its own name is in its memory.</summary>
    public string Name { get; set; }

    public Guid Uuid { get; }

    /// <summary>Its configuration as an S-expression; the transfer carries it and does not read it.</summary>
    public string Description { get; set; }

    public GuestMemory Memory { get; }

    public VirtualCpu Cpu { get; }

    public bool Running => Cpu.Running;

    /// <summary>What its console still shows.</summary>
    public string ConsoleText => _heartbeat.Console.Read();

    /// <summary>Beats since it booted, one a millisecond or so.</summary>
    public long Beats => _heartbeat.Beats;

    /// <summary>The longest time between two of its beats since the last reset, by its own clock.</summary>
    public TimeSpan LongestGap => _heartbeat.LongestGap;

    /// <summary>Boots a guest: it fills a share of its memory, and stands still at its first instruction.</summary>
    public static EmbeddedGuest Boot(
        DomainIdentity identity, int pages, GuestWorkload workload, Func<DateTimeOffset> wallClock, double filledShare = 0.6)
    {
        GuestMemory memory = new(pages);
        EmbeddedGuest guest = new(identity, memory, new VirtualRegisters(workload, 0, 0), wallClock);
        int filled = (int)(filledShare * pages);
        ulong value = 0x9E3779B97F4A7C15;
        for (int pfn = guest._heartbeat.FirstFreePage; pfn < filled; pfn++)
        {
            // Each page differs from every other, so that a mix-up shows.
            value = (value * 6364136223846793005) + 1442695040888963407;
            MemoryMarshal.Cast<byte, ulong>(memory.Page(pfn)).Fill(value | 1);
            memory.Dirty.Mark(pfn);
        }

        guest._heartbeat.Start(identity.Name, wallClock());
        return guest;
    }

    /// <summary>Returns when it stands still.</summary>
    public void Pause() => Cpu.Pause();

    public void Resume() => Cpu.Resume();

    /// <summary>Forgets the longest gap; only while it stands still.</summary>
    public void ResetGap() => _heartbeat.ResetGap();

    public void Dispose()
    {
        Cpu.Dispose();
        Memory.Dispose();
    }
}
