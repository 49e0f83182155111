namespace XenMigrate.Ssh.Tests;

/// <summary>The same as <see cref="SshdFactAttribute"/>, for more than one case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SshdTheoryAttribute : TheoryAttribute
{
    public SshdTheoryAttribute()
    {
        Timeout = 300_000;
        Skip = Needs.File(SshServer.Program, "package openssh-server");
    }
}
