namespace XenMigrate.Guards;

/// <summary>What an act that can't be taken back relies on: which guest it is, and how it has to stand there still.</summary>
internal sealed record Expectation
{
    /// <summary>Not suspended, and not ended.</summary>
    public const string Awake = "running paused";

    /// <summary>Standing still, for whatever reason.</summary>
    public const string Still = "paused suspended shutdown crashed dying";

    public const string Paused = "paused";

    public const string Any = Awake + " suspended shutdown crashed dying";

    private const string LookFlag = "look";
    private const string AloneFlag = "alone";
    private const string LastingFlag = "lasting";
    private const string TakeFlag = "take";
    private const string GivesFlag = "gives:";

    public required ToolstackKind Toolstack { get; init; }

    /// <summary>Null for a guest that must not be there.</summary>
    public int? Id { get; init; }

    public Guid? Uuid { get; init; }

    /// <summary>Null where it may have either of two names.</summary>
    public string? Name { get; init; }

    /// <summary>How it may stand, in words of the script's.</summary>
    public string States { get; init; } = Any;

    /// <summary>The boot of the host on which it was seen; null if that is not known.</summary>
    public string? BootId { get; init; }

    /// <summary>The CPU time that it had used, as its toolstack prints it, if it must not have run since; null if it may.</summary>
    public string? Used { get; init; }

    /// <summary>Whether to tell afterwards how it was left.</summary>
    public bool LookAfterwards { get; init; }

    /// <summary>Whether no other tool may be at work on it; not where the act ends our own.</summary>
    public bool Alone { get; init; } = true;

    /// <summary>Whether the act is a tool that works for long, and has to go on to its end whatever becomes of us.</summary>
    public bool Lasts { get; init; }

    /// <summary>Who holds the guest; null for who does not, and acts only if nobody does.</summary>
    public LeaseHolder? Holder { get; init; }

    /// <summary>Whether the act takes the lease; else it has to be held already.</summary>
    public bool TakesLease { get; init; }

    /// <summary>The copy that the guest goes on as once the act is done, for the host to remember; null for an act that gives nothing away.</summary>
    public GivenGuest? Gives { get; init; }

    public static Expectation Of(Guest guest, string states) => new()
    {
        Toolstack = guest.Toolstack,
        Id = guest.Id,
        Uuid = guest.Uuid,
        Name = guest.Name.TrimEnd(),
        States = states,
    };

    /// <summary>Its words as the scripts take them.</summary>
    public string[] Words =>
    [
        BootId ?? "",
        Id?.ToString(CultureInfo.InvariantCulture) ?? "",
        Uuid?.ToString() ?? "",
        Name ?? "",
        States,
        Used ?? "",
        string.Join(" ", Flags()),
        Holder?.Token.ToString("N") ?? "",
        Holder?.Text ?? "",
    ];

    /// <summary>The same out of its words.</summary>
    public static Expectation Of(ToolstackKind toolstack, IReadOnlyList<string> words)
    {
        string[] flags = words[6].Split(' ');
        return new Expectation
        {
            Toolstack = toolstack,
            BootId = Text(words[0]),
            Id = Text(words[1]) is { } id ? int.Parse(id, CultureInfo.InvariantCulture) : null,
            Uuid = Text(words[2]) is { } uuid ? Guid.Parse(uuid) : null,
            Name = Text(words[3]),
            States = words[4],
            Used = Text(words[5]),
            LookAfterwards = flags.Contains(LookFlag),
            Alone = flags.Contains(AloneFlag),
            Lasts = flags.Contains(LastingFlag),
            TakesLease = flags.Contains(TakeFlag),
            Gives = Array.Find(flags, flag => flag.StartsWith(GivesFlag, StringComparison.Ordinal)) is { } gives
                ? GivenGuest.Parse(gives.Substring(GivesFlag.Length))
                : null,
            Holder = Text(words[7]) is { } token ? new LeaseHolder(Guid.ParseExact(token, "N"), words[8]) : null,
        };

        static string? Text(string word) => word.Length > 0 ? word : null;
    }

    private IEnumerable<string> Flags() => new (bool IsSet, string Flag)[]
    {
        (LookAfterwards, LookFlag), (Alone, AloneFlag), (Lasts, LastingFlag), (TakesLease && Holder is not null, TakeFlag),
        (Gives is not null, GivesFlag + Gives),
    }.Where(one => one.IsSet).Select(one => one.Flag);

    public override string ToString() => Id is null
        ? $"no guest with uuid {Uuid}"
        : $"{Name ?? "a guest"} (id {Id}, uuid {Uuid}, {States.Replace(" ", " or ")}{(Used is null ? "" : $", with {Used} s of CPU time still")})";
}
