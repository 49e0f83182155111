using System;
using System.Globalization;
using XenMigrate.Guests;

namespace XenMigrate.Toolstacks;

/// <summary>What an act that can't be taken back relies on: which guest it is, and how it has to stand there still.</summary>
internal sealed record Expectation
{
    /// <summary>Not suspended, and not ended.</summary>
    public const string Awake = "running paused";

    /// <summary>Standing still, for whatever reason.</summary>
    public const string Still = "paused suspended shutdown crashed dying";

    public const string Paused = "paused";

    public const string Any = Awake + " suspended shutdown crashed dying";

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
        LookAfterwards ? "look" : "",
    ];

    public override string ToString() => Id is null
        ? $"no guest with uuid {Uuid}"
        : $"{Name ?? "a guest"} (id {Id}, uuid {Uuid}, {States.Replace(" ", " or ")}{(Used is null ? "" : $", with {Used} s of CPU time still")})";
}
