namespace XenMigrate.Tests;

public class CpuCorpusTests
{
    /// <summary>
    /// Inputs: what xen-cpuid -p (policies), xen-cpuid (featuresets) or xl info (info) say on both hosts, or on the
    /// destination alone (there-…); and xen-cpuid -p of a guest, by its kind (pv, hvm).
    /// </summary>
    [Theory, Corpus("cpu")]
    public void A_guest_may_go_where_its_cpu_features_are(CorpusCase given) => given.Answers(question =>
    {
        GuestType type = Enum.Parse<GuestType>(question.Split(' ')[^1]);
        Guest guest = Facts.Guest with { Type = type };
        PairFacts pair = Pair(given, type == GuestType.PV ? "pv" : "hvm");
        return question.Split(' ')[0] switch
        {
            "missing" => Result(pair, guest).Actual ?? "none",
            "message" => Result(pair, guest).Message,
            string id => Judgement.Of(id, pair, guest),
        };
    });

    private static CheckResult Result(PairFacts pair, Guest guest) =>
        CheckRunner.Examine(pair, guest, new Moving(Live: true), CheckSelection.Of(["XM-CPU-02"], null, [])).Single();

    private static PairFacts Pair(CorpusCase given, string kind)
    {
        string? policy = given.InputOrNull(kind);
        PairFacts pair = Facts.Domain(domain => domain with
        {
            Policy = policy is null ? Facts.NotKnown<CpuPolicies>("a") : Facts.Known("a", CpuPolicies.Parse(policy)),
        });
        return pair with { Source = Host(pair.Source, given, ""), Destination = Host(pair.Destination, given, "there-") };
    }

    private static HostFacts Host(HostFacts host, CorpusCase given, string own)
    {
        string? Input(string name) => given.InputOrNull(own + name) ?? given.InputOrNull(name);
        CpuPolicies? policies = Input("policies") is { } printed ? CpuPolicies.Parse(printed)
            : Input("featuresets") is { } sets ? CpuPolicies.ParseFeaturesets(sets)
            : null;
        return host with
        {
            Policies = policies is null ? Facts.NotKnown<CpuPolicies>(host.Host) : Facts.Known(host.Host, policies),
            Xen = Input("info") is { } info ? Facts.Known(host.Host, XlInfo.Parse(info)) : host.Xen,
        };
    }
}
