namespace XenMigrate.Checks;

/// <summary>One question that decides whether a move will work. It judges facts; it asks nobody.</summary>
/// <param name="id">Stable: scripts and reports name checks by it.</param>
/// <param name="name">What has to be so, as a sentence.</param>
/// <param name="category">What it is about.</param>
/// <param name="errorId">The error id of a move that fails for this reason.</param>
internal abstract class Check(string id, string name, CheckCategory category, string errorId)
{
    public string Id => id;

    public string Name => name;

    public CheckCategory Category => category;

    public string ErrorId => errorId;

    public virtual CheckSeverity Severity => CheckSeverity.Error;

    protected static Finding Passed(string message, Evidence? evidence = null) =>
        new(CheckStatus.Passed, message) { Evidence = evidence };

    protected static Finding Skipped(string message) => new(CheckStatus.Skipped, message);

    /// <summary>The question stayed open, which is not a pass.</summary>
    protected static Finding Unknown(string message, string remediation, Evidence? evidence = null) =>
        new(CheckStatus.Unknown, message) { Remediation = remediation, Evidence = evidence };

    /// <summary>The host did not answer, or not in words we know.</summary>
    protected static Finding Unknown<T>(Answer<T> answer)
        where T : class => new(CheckStatus.Unknown, $"{answer.Evidence.ComputerName} could not be asked: {answer.Problem}")
        {
            Remediation = answer.Evidence.Command.Length > 0
                ? $"Run this on {answer.Evidence.ComputerName} to see why: {answer.Evidence.Command}"
                : $"See why there is no session to {answer.Evidence.ComputerName}.",
            Evidence = answer.Evidence,
        };
}

/// <summary>A check of the two hosts.</summary>
internal abstract class HostCheck(string id, string name, CheckCategory category, string errorId) : Check(id, name, category, errorId)
{
    /// <summary>Whether it is about the way from source to destination, which only a live move takes.</summary>
    protected virtual bool OnlyForLive => false;

    /// <summary>The only toolstack that it is about; null for any.</summary>
    protected virtual ToolstackKind? OnlyWith => null;

    /// <summary>The toolstack that it is not about; null for none.</summary>
    protected virtual ToolstackKind? NotWith => null;

    public Finding Evaluate(PairFacts pair, Moving moving)
    {
        // libvirt goes the same way with a guest that stands still.
        if (OnlyForLive && !moving.Live && !pair.MayGoBy(ToolstackKind.Libvirt))
        {
            return Skipped("Only a live move needs it.");
        }

        if (NotWith is { } other && pair.Toolstack == other)
        {
            return Skipped($"It is not about {other}, which {pair.Source.Host} has.");
        }

        return OnlyWith is not { } kind || pair.MayGoBy(kind) ? Examine(pair, moving)
            : Skipped(pair.Toolstack == kind
                ? $"It is about guests of {kind}, and none is to move."
                : $"It is about {kind}, and {pair.Source.Host} has {pair.Toolstack}.");
    }

    /// <summary>For checks that judge by what is planned.</summary>
    protected virtual Finding Examine(PairFacts pair, Moving moving) => Examine(pair);

    protected abstract Finding Examine(PairFacts pair);
}

/// <summary>A check of one guest against the two hosts.</summary>
internal abstract class GuestCheck(string id, string name, CheckCategory category, string errorId) : Check(id, name, category, errorId)
{
    /// <summary>Whether the check looks at the guest's configuration, and not only at what the hypervisor shows.</summary>
    protected virtual bool NeedsDescription => false;

    public Finding Evaluate(PairFacts pair, Guest guest, Moving moving) => NeedsDescription && !guest.IsDescribed
        ? Unknown(
            $"{pair.Source.Host} has no configuration of {guest.Name}, so its devices are not known.",
            $"If it is just being started, try again. Else see, on {pair.Source.Host}: {guest.Toolstack.Describe(guest.Id)}",
            pair.Source.Guests.Evidence)
        : Examine(pair, guest, moving);

    protected abstract Finding Examine(PairFacts pair, Guest guest, Moving moving);
}

/// <summary>What is planned, as far as checks care.</summary>
internal sealed record Moving(bool Live)
{
    public CheckSettings Settings { get; init; } = CheckSettings.Default;
}

/// <summary>What a check makes of the facts.</summary>
internal sealed record Finding(CheckStatus Status, string Message)
{
    public string? Remediation { get; init; }

    public string? Expected { get; init; }

    public string? Actual { get; init; }

    public Evidence? Evidence { get; init; }

    /// <summary>Where one check knows several reasons, the error id of this one.</summary>
    public string? ErrorId { get; init; }
}
