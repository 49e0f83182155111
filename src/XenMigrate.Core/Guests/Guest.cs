namespace XenMigrate;

/// <summary>A guest as its host described it at one moment. Memory is in MiB.</summary>
public sealed record Guest : IComparable<Guest>, IComparable
{
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    /// <summary>The domain id, which changes with every start and move; null for a guest that is not active.</summary>
    public int? Id { get; internal init; }

    /// <summary>Null where the toolstack has no stored configuration of the guest.</summary>
    public Guid? Uuid { get; internal init; }

    public GuestState State { get; internal init; }

    /// <summary>What it does, whatever its name says: a guest NAME--incoming is Paused here.</summary>
    internal GuestState Activity { get; init; }

    /// <summary>
    /// Whether its devices are known. They are not while it is being made, nor if another toolstack made it: no disk
    /// listed is then no word on its disks.
    /// </summary>
    internal bool IsDescribed { get; init; }

    /// <summary>Domain-0 and its like, which no cmdlet touches.</summary>
    internal bool IsControlDomain => Id == 0;

    public GuestType Type { get; internal init; }

    /// <summary>Memory it has now, MiB.</summary>
    public long MemoryMB { get; internal init; }

    /// <summary>Memory it may balloon up to, MiB.</summary>
    public long MaximumMemoryMB { get; internal init; }

    /// <summary>Virtual CPUs online.</summary>
    public int VCpu { get; internal init; }

    public int MaximumVCpu { get; internal init; }

    /// <summary>CPU time used since it was started there.</summary>
    public TimeSpan CpuTime { get; internal init; }

    /// <summary>Whether it waits for its first second: what was restored and never woken has used no CPU at all.</summary>
    // Toolstacks show tenths of seconds.
    internal bool NeverRan => Activity == GuestState.Paused && CpuTime < TimeSpan.FromSeconds(0.05);

    /// <summary>The host it is on, by the name of that host's session.</summary>
    public string ComputerName { get; internal init; } = "";

    public ToolstackKind Toolstack { get; internal init; }

    public IReadOnlyList<GuestDisk> Disk { get; internal init => field = value.Indexed(); } = IndexedList<GuestDisk>.None;

    public IReadOnlyList<GuestNetworkInterface> NetworkInterface { get; internal init => field = value.Indexed(); } = IndexedList<GuestNetworkInterface>.None;

    public IReadOnlyList<string> PassthroughDevice { get; internal init => field = PrintableText.Lines(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>The session that it came by, which works in any runspace; null after serialization.</summary>
    internal IGuestHost? Session { get; init; }

    /// <summary>The move that brought it there, if this call made one: what Undo-GuestMigration undoes.</summary>
    internal MadeMove? Move { get; init; }

    internal GuestTraits Traits { get; init; } = new();

    /// <summary>Whether nothing in the guest itself rules out a move; the hosts are another question.</summary>
    public bool Migratable => NotMigratableReason.Count == 0;

    public IReadOnlyList<string> NotMigratableReason { get; internal init => field = PrintableText.Lines(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>Orders by name, then by host.</summary>
    public int CompareTo(Guest? other)
    {
        if (other is null)
        {
            return 1;
        }

        int byName = string.Compare(Name, other.Name, StringComparison.OrdinalIgnoreCase);
        return byName != 0
            ? byName
            : string.Compare(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase);
    }

    int IComparable.CompareTo(object? obj) => obj is null or Guest
        ? CompareTo((Guest?)obj)
        : throw new ArgumentException("A guest compares with guests only.", nameof(obj));

    public static bool operator <(Guest? left, Guest? right) => Compare(left, right) < 0;

    public static bool operator >(Guest? left, Guest? right) => Compare(left, right) > 0;

    public static bool operator <=(Guest? left, Guest? right) => Compare(left, right) <= 0;

    public static bool operator >=(Guest? left, Guest? right) => Compare(left, right) >= 0;

    /// <summary>Whether it is the same guest on the same host, whatever was changed there meanwhile.</summary>
    public bool Equals(Guest? other) => other is not null
        && string.Equals(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase)
        && Uuid == other.Uuid
        // A host may hold two copies of one guest for a while, and which of them runs is what matters most.
        && Id == other.Id
        && (Uuid is not null || Name == other.Name);

    public override int GetHashCode() =>
        StringComparer.OrdinalIgnoreCase.GetHashCode(ComputerName) ^ (Uuid?.GetHashCode() ?? Name.GetHashCode());

    public override string ToString() => Name;

    private static int Compare(Guest? left, Guest? right) =>
        left is null ? (right is null ? 0 : -1) : left.CompareTo(right);
}
