namespace XenMigrate;

/// <summary>What a guest is doing.</summary>
public enum GuestState
{
    /// <summary>The host did not say, or said something we don't know.</summary>
    Unknown,

    /// <summary>Running, or ready to run and waiting for a CPU.</summary>
    Running,

    /// <summary>Alive and waiting for something, as an idle guest does: healthy.</summary>
    Blocked,

    /// <summary>Paused by its administrator or by a toolstack.</summary>
    Paused,

    /// <summary>Suspended, as a guest is while the last of its memory is sent.</summary>
    Suspended,

    /// <summary>Ended by itself, and not yet taken away.</summary>
    ShutDown,

    /// <summary>Crashed, and kept.</summary>
    Crashed,

    /// <summary>Being taken away.</summary>
    Dying,

    /// <summary>The half-made copy of a guest that is moving here (NAME--incoming).</summary>
    Incoming,

    /// <summary>What is left of a guest that moved away (NAME--migratedaway).</summary>
    MigratedAway,

    /// <summary>What xend is moving away, or could not move and left (migrating-NAME).</summary>
    Migrating,
}

/// <summary>How a guest uses the hardware.</summary>
public enum GuestType
{
    Unknown,
    PV,
    HVM,
    PVH,
}

internal static class GuestStates
{
    /// <summary>Whether a guest in this state lives and does its work.</summary>
    public static bool IsAlive(this GuestState state) => state is GuestState.Running or GuestState.Blocked;

    /// <summary>Whether it is a copy that a move makes or leaves, by its name: Repair-GuestMigration alone touches one.</summary>
    public static bool IsLeftover(this Guest guest) =>
        guest.State is GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating;
}
