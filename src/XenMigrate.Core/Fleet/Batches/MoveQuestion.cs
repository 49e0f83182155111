namespace XenMigrate.Fleet.Batches;

/// <summary>What a person is asked of one move.</summary>
internal sealed record MoveQuestion(Guest Guest, NamedHost Source, NamedHost Destination, MigrationMode Mode)
{
    /// <summary>Stands above what is asked of a guest that would stand still.</summary>
    public const string PauseCaption = "The guest stands still while it is moved";

    /// <summary>What would be touched.</summary>
    public string Target => $"{Guest} ({Guest.MemoryMB} MiB) on {Source}";

    /// <summary>What would be done to it.</summary>
    public string Action => Mode == MigrationMode.Live
        ? $"Live-migrate to {Destination}"
        : $"Move offline to {Destination}, while the guest stands still";

    /// <summary>Whether a guest that does its work now would not for as long as the move takes.</summary>
    public bool IsPause => Mode == MigrationMode.Offline && Guest.State.IsAlive();

    /// <summary>What is asked of such a guest.</summary>
    public string Pause(PastMoves past)
    {
        string time = past.Between(Source, Destination, Mode) is { } last
            ? $"about {Figures.Time(last.TimeFor(Guest.MemoryMB))}, going by the last such moves between these hosts"
            : past.Longest(Source, Destination, Mode) is { } longest
                ? $"the last such moves between these hosts took up to {Figures.Time(longest)}"
                : "how long is not known, because no journal tells of such a move between these hosts";
        return $"{Guest} ({Guest.MemoryMB} MiB) runs on {Source}. Without -Live, it stands still for the whole move to {Destination}: {time}. Move it?";
    }
}
