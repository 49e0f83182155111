namespace XenMigrate;

/// <summary>The save helper of a host: what takes the place of Xen's own for moves that obey limits.</summary>
public sealed record MigrationHelper
{
    public string ComputerName { get; internal init; } = "";

    /// <summary>The version of the one that was looked at; null if there is none.</summary>
    public string? Version { get; internal init => field = PrintableText.LineOrNull(value); }

    /// <summary>The program on the host; null if there is none.</summary>
    public string? Path { get; internal init => field = PrintableText.LineOrNull(value); }

    public MigrationHelperState State { get; internal init; }

    /// <summary>Why it can't be used; null if it can.</summary>
    public string? Why { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>The version of Xen that it found there; null if it did not tell.</summary>
    public string? Xen { get; internal init => field = PrintableText.LineOrNull(value); }

    /// <summary>Whether it can pack what it sends; null if it did not tell.</summary>
    public bool? Zstd { get; internal init; }

    /// <summary>Xen's own helper, to which it hands what it does not do; null if it did not tell.</summary>
    public string? StockHelper { get; internal init => field = PrintableText.LineOrNull(value); }

    /// <summary>Whether libvirt's daemon was started with it, so that live moves of libvirt's guests obey limits too.</summary>
    public bool IsGivenToLibvirt { get; internal init; }

    public override string ToString() => $"{ComputerName}: {State}{(Why is null ? "" : $" ({Why})")}";
}

/// <summary>Whether moves from and to a host can use its save helper.</summary>
public enum MigrationHelperState
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>There is one of another version or build than this module's.</summary>
    Outdated,

    /// <summary>It is not what was installed.</summary>
    Damaged,

    /// <summary>It is what was installed, and can't work there, or is not safe from others.</summary>
    Unusable,

    /// <summary>Moves use it.</summary>
    Ready,
}
