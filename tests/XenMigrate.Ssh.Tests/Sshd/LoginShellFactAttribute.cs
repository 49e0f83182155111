namespace XenMigrate.Ssh.Tests;

/// <summary>A fact about a login shell, behind a real sshd.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoginShellFactAttribute : FactAttribute
{
    public LoginShellFactAttribute(string shell, string package)
    {
        Timeout = 120_000;
        Skip = Needs.File(SshServer.Program, "package openssh-server") ?? Needs.File(shell, $"package {package}") ?? LoginShell.WhyNot;
    }
}
