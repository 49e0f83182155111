namespace XenMigrate.Facts;

/// <summary>Everything the checks want to know of one host, or why it could not be asked.</summary>
internal sealed record HostFacts
{
    public required string Host { get; init; }

    /// <summary>Why the host could not be asked at all; null if it could.</summary>
    public string? SessionProblem { get; init; }

    public ToolstackKind? Toolstack { get; init; }

    /// <summary>What drives some of the guests in place of that; null where there is no other.</summary>
    public ToolstackKind? AlternativeToolstack { get; init; }

    /// <summary>What tells the machine from others, whatever it is called.</summary>
    public HostIdentity Identity { get; init; } = HostIdentity.Unknown;

    public required Answer<string> BootId { get; init; }

    public required Answer<XenInformation> Xen { get; init; }

    public required Answer<IReadOnlyList<Guest>> Guests { get; init; }

    public required Answer<IReadOnlyList<string>> Bridges { get; init; }

    public required Answer<IReadOnlyList<Mount>> Mounts { get; init; }

    public required Answer<IReadOnlyList<string>> Addresses { get; init; }

    public required MachineFacts Machine { get; init; }

    /// <summary>The CPU features that it can give to guests; null where it was not asked.</summary>
    public Answer<CpuPolicies>? Policies { get; init; }

    /// <summary>Whether libxl takes memory from its control domain; null where that is xend's business, or was not asked.</summary>
    public Answer<AutoBallooning>? AutoBallooning { get; init; }

    /// <summary>What it tells of single guests, by domain id; the source alone is asked.</summary>
    public IReadOnlyDictionary<int, DomainFacts> Domains { get; init; } = new Dictionary<int, DomainFacts>();

    /// <summary>Its save helpers; null where the toolstack starts none but its own, or was not asked.</summary>
    public Answer<HelperFindings>? Helpers { get; init; }

    /// <summary>How it takes guests; null where that is not xend's business.</summary>
    public RelocationFacts? Relocation { get; init; }

    /// <summary>What its xend-config.sxp says, or why that is not known.</summary>
    public Answer<XendConfiguration> XendConfiguration =>
        Relocation?.Configuration ?? Answer<XendConfiguration>.None(Host, SessionProblem ?? "it has no xend");

    /// <summary>What the bridges are like that guests are plugged into.</summary>
    public required Answer<IReadOnlyDictionary<string, BridgeDetails>> BridgeDetails { get; init; }

    public required StorageFacts Storage { get; init; }

    /// <summary>By path.</summary>
    public required IReadOnlyDictionary<string, Answer<DiskFile>> Disks { get; init; }

    /// <summary>Where the paths of disks of all its guests lead, by path; none where no other guest has a disk.</summary>
    public IReadOnlyDictionary<string, Answer<DiskNode>> Nodes { get; init; } = new Dictionary<string, Answer<DiskNode>>();

    /// <summary>Adds the questions to a survey; call what it returns once that has ended.</summary>
    /// <param name="survey">The survey of the host.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="toolstack">What drives its guests.</param>
    /// <param name="clock">How its clock is read.</param>
    /// <param name="wanted">What the guests have that it has to have too.</param>
    /// <param name="leaving">The ids of the guests that are to leave it.</param>
    /// <returns>All facts but where the paths of other guests' disks lead.</returns>
    public static Func<HostFacts> Ask(
        Survey survey, string host, Toolstack toolstack, ClockSurvey clock, Wanted wanted, IReadOnlyList<int> leaving)
    {
        bool isXend = toolstack.Kind == ToolstackKind.Xend;
        Func<MachineFacts> machine = MachineFacts.Ask(survey, host, clock);
        Func<Answer<string>> bootId = survey.Add(Remote.BootId.Question);
        Func<Answer<XenInformation>> xen = survey.Add(toolstack.Information);
        Func<Answer<IReadOnlyList<Guest>>> guests = survey.Add(toolstack.Guests);
        Func<Answer<IReadOnlyList<string>>> bridges = survey.Add(Facts.Bridges.Question(host));
        Func<Answer<IReadOnlyList<string>>> addresses = survey.Add(Facts.Addresses.Question(host));
        Func<RelocationFacts>? relocation = isXend ? RelocationFacts.Ask(survey, host) : null;
        Func<Answer<IReadOnlyDictionary<string, BridgeDetails>>> bridgeDetails = survey.Add(BridgeDetailsQuestion.Of(host, wanted.Bridges));
        Func<StorageFacts> storage = StorageFacts.Ask(survey, host, wanted.Disks);
        Func<IReadOnlyDictionary<int, DomainFacts>> domains = DomainFacts.Ask(survey, host, toolstack.Kind, leaving);
        Func<Answer<CpuPolicies>>? policies = isXend ? null : survey.AddLasting(CpuPolicies.Question(host));
        Func<Answer<AutoBallooning>>? ballooning = isXend ? null : survey.Add(Facts.AutoBallooning.Question(toolstack.Kind));
        Func<Answer<HelperFindings>>? helpers = isXend ? null : survey.Add(HelperQuestion.Of(host));
        Dictionary<string, Func<Answer<DiskFile>>> disks = wanted.Files.ToDictionary(path => path, path => survey.Add(DiskFile.Question(host, path)));
        // After the disks: looking at one may have mounted what holds it.
        Func<Answer<IReadOnlyList<Mount>>> mounts = survey.Add(Facts.Mounts.Question(host));
        return () => new HostFacts
        {
            Host = host,
            Toolstack = toolstack.Kind,
            AlternativeToolstack = toolstack.Alternative?.Kind,
            BootId = bootId(),
            Xen = xen(),
            Guests = guests(),
            Bridges = bridges(),
            Mounts = mounts(),
            Addresses = addresses(),
            Machine = machine(),
            Policies = policies?.Invoke(),
            AutoBallooning = ballooning?.Invoke(),
            Domains = domains(),
            Helpers = helpers?.Invoke(),
            Relocation = relocation?.Invoke(),
            BridgeDetails = bridgeDetails(),
            Storage = storage(),
            Disks = disks.ToDictionary(disk => disk.Key, disk => disk.Value()),
        };
    }

    public static HostFacts Unreachable(string host, string problem) => new()
    {
        Host = host,
        SessionProblem = problem,
        BootId = Answer<string>.None(host, problem),
        Xen = Answer<XenInformation>.None(host, problem),
        Guests = Answer<IReadOnlyList<Guest>>.None(host, problem),
        Bridges = Answer<IReadOnlyList<string>>.None(host, problem),
        Mounts = Answer<IReadOnlyList<Mount>>.None(host, problem),
        Addresses = Answer<IReadOnlyList<string>>.None(host, problem),
        BridgeDetails = Answer<IReadOnlyDictionary<string, BridgeDetails>>.None(host, problem),
        Storage = StorageFacts.None(host, problem),
        Machine = MachineFacts.Unknown(host, problem),
        Disks = new Dictionary<string, Answer<DiskFile>>(),
    };
}
