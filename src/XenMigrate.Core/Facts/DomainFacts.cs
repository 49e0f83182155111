namespace XenMigrate.Facts;

/// <summary>What the source tells of one guest beyond its configuration.</summary>
/// <param name="Suspend">Whether it can be suspended.</param>
/// <param name="Policy">The CPU features that it was given; null where Xen is too old to tell.</param>
internal sealed record DomainFacts(Answer<SuspendOffer> Suspend, Answer<CpuPolicies>? Policy)
{
    /// <summary>Adds the questions to a survey; call what it returns once that has ended.</summary>
    public static Func<IReadOnlyDictionary<int, DomainFacts>> Ask(
        Survey survey, string host, ToolstackKind toolstack, IEnumerable<int> ids)
    {
        Dictionary<int, Func<DomainFacts>> domains = ids.Distinct().ToDictionary(id => id, id =>
        {
            Func<Answer<SuspendOffer>> suspend = survey.Add(SuspendOffer.Question(host, id));
            Func<Answer<CpuPolicies>>? policy = toolstack == ToolstackKind.Xend ? null : survey.Add(CpuPolicies.QuestionOf(host, id));
            return (Func<DomainFacts>)(() => new DomainFacts(suspend(), policy?.Invoke()));
        });

        return () => domains.ToDictionary(domain => domain.Key, domain => domain.Value());
    }
}
