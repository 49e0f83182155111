namespace XenMigrate.Lab.Tests;

/// <summary>A guest for the tests of a class, alone on the hosts; each test finds it where the one before left it.</summary>
public abstract class StartedGuest : IDisposable
{
    private protected StartedGuest(GuestType type)
    {
        Guest = new LabGuest(type.ToString().ToLowerInvariant() + "1", 0, 0) { Type = type, HasNetwork = true };
        if (Lab.ReasonToSkipHvm is null)
        {
            Module = new ModuleSession();
            Guest.Start();
        }
    }

    internal LabGuest Guest { get; }

    internal ModuleSession Module { get; } = null!;

    public void Dispose()
    {
        Module?.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class StartedPvhGuest() : StartedGuest(GuestType.PVH);

public sealed class StartedHvmGuest() : StartedGuest(GuestType.HVM);
