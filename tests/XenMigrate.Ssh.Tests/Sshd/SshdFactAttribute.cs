namespace XenMigrate.Ssh.Tests;

/// <summary>A fact about a real OpenSSH server, which the test starts on the loopback interface.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SshdFactAttribute : FactAttribute
{
    public SshdFactAttribute()
    {
        Timeout = 300_000;
        Skip = Needs.File(SshServer.Program, "package openssh-server");
    }
}
