namespace XenMigrate.Tests;

public class ReleaseCorpusTests
{
    /// <summary>The input is /etc/redhat-release.</summary>
    [Theory, Corpus("release")]
    public void A_system_is_what_its_release_file_says(CorpusCase given)
    {
        SystemRelease release = SystemRelease.Parse("x86_64", given.Input);
        PairFacts pair = Facts.AtDestination(host => host with { Machine = host.Machine with { Release = Facts.Known("b", release) } });

        given.Answers(question => question switch
        {
            "Enterprise Linux" => release.EnterpriseLinux?.ToString() ?? "no",
            _ => Judgement.Of(question, pair),
        });
    }
}
