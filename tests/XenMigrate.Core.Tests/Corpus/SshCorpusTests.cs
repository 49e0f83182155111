namespace XenMigrate.Tests;

public class SshCorpusTests
{
    /// <summary>The input is what an ssh from the source to the destination wrote to standard error before it ended with 255.</summary>
    [Theory, Corpus("ssh-probe")]
    public void An_ssh_that_fails_is_judged_by_its_own_words(CorpusCase given)
    {
        PairFacts pair = Facts.Ssh(new SshProbe(255, "", null, null, given.InputOf("stderr").Trim()));
        given.Answers(question => question == "cause"
            ? KnownFailures.In(given.InputOf("stderr").Split('\n'))?.ErrorId ?? "none"
            : Judgement.Of(question, pair));
    }
}
