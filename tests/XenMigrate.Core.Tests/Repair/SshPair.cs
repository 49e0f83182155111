namespace XenMigrate.Tests;

/// <summary>Two hosts with OpenSSH: what the source's ssh is told, what it is shown, and what the destination has.</summary>
internal sealed class SshPair
{
    public const string Ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIIZ9UuVUhVnGJlmsZVQKcfHEmXZ9Ycu2RxY0LmVu0WAA";
    public const string Rsa = "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDFmXZ9Ycu2RxY0LmVu0WAA";
    public const string Stranger = "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public SshPair()
    {
        _ = Goes();
        _ = Source
            .Answers("sh -c 'printf %s*", "/root")
            .Answers("ssh-keyscan *", $"# b:22 SSH-2.0-OpenSSH_9.2p1\nb ssh-ed25519 {Ed25519}\n# b:22 SSH-2.0-OpenSSH_9.2p1\nb ssh-rsa {Rsa}\n")
            .Fails("grep -q *")
            .Answers("sh -c 'for file do*", $"ssh-ed25519 {Ed25519} somebody\n")
            .Answers("sh -c 'umask 077*", "");
        _ = Destination
            .Answers("sh -c 'cat /etc/ssh/*", $"ssh-rsa {Rsa} root@b\nssh-ed25519 {Ed25519} root@b\n")
            .Answers("sh -c 'printf*", "/root\n")
            .Answers("sh -c 'umask 077*", "");
    }

    public FakeShell Source { get; } = new("a");

    public FakeShell Destination { get; } = new("b");

    public RepairScene Scene => new(A.Host(Source), A.Host(Destination), Facts.Good, null, new FakeTiming().Timing);

    /// <summary>What is added to files on both hosts.</summary>
    public IEnumerable<string> Added => Source.Executions.Concat(Destination.Executions)
        .Select(execution => execution[0].Words)
        .Where(words => words.Count > 5 && words[2].StartsWith("umask", StringComparison.Ordinal))
        .Select(words => $"{words[4]}: {string.Join(" | ", words.Skip(5))}");

    public SshPair Goes(string more = "", string port = "22", string hashes = "no")
    {
        _ = Source.Answers("ssh -G b", "user root\nhostname b\nport " + port + "\nhashknownhosts " + hashes
            + "\nidentityfile ~/.ssh/id_rsa\nidentityfile ~/.ssh/id_ed25519\nuserknownhostsfile /root/.ssh/known_hosts /root/.ssh/known_hosts2\n" + more);
        return this;
    }

    public static async Task DoAsync(RepairPlan plan)
    {
        foreach (RepairStep step in plan.Steps)
        {
            _ = await step.DoAsync(default);
        }
    }
}
