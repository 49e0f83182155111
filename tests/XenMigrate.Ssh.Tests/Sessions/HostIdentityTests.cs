namespace XenMigrate.Ssh.Tests;

/// <summary>What a host is known by, over the wire.</summary>
public sealed class HostIdentityTests : IDisposable
{
    private const string Board = "4C4C4544-0042-3510-8052-B4C04F4A4E32";
    private const string OtherBoard = "4C4C4544-0042-3510-8052-B4C04F4A4E33";

    private readonly TemporaryFolder _programs = new();

    [SshdFact]
    public async Task One_machine_is_known_under_two_names_and_a_copy_of_its_disk_is_not_taken_for_it()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        user.Configuration = $"Host xen? alias\n  HostName 127.0.0.1\n  Port {server.Port}\n  User {SshServer.UserName}\n";

        NamedHost first = await ConnectAsync(server, user, "xen1", Board);
        NamedHost alias = await ConnectAsync(server, user, "alias", Board);
        NamedHost copy = await ConnectAsync(server, user, "xen2", OtherBoard);

        Assert.Equal(server.HostKeys[0].Fingerprint, first.Identity.HostKey);
        Assert.True(first.Is(alias), $"{first.Identity} {alias.Identity}");
        Assert.False(first.Is(copy));
        Assert.True(first.Is(copy with { Name = "xen1" }), "Where the marks do not agree, the name decides.");
    }

    [SshdFact]
    public async Task Another_machine_that_got_the_name_is_another()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshServer other = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server).Meet(other);

        NamedHost first = await ConnectAsync(server, user, name: null, Board);
        NamedHost second = await ConnectAsync(other, user, name: null, OtherBoard, installation: "f");

        Assert.True(first.IsNamesake(second with { Name = first.Name }), $"{first.Identity} {second.Identity}");
    }

    public void Dispose() => _programs.Dispose();

    /// <summary>Connects to a server whose files tell this; of the machine that it runs on nothing is told.</summary>
    private async Task<NamedHost> ConnectAsync(SshServer server, SshClientSide user, string? name, string board, string installation = "0123456789abcdef")
    {
        Program("xl", "echo 'xen_major : 4'; echo 'xen_minor : 17'; echo 'xen_version : 4.17.3'; echo 'total_memory : 4096'; echo 'free_memory : 1024'");
        Program("cat", $"""case $1 in /etc/machine-id) echo {installation.PadRight(32, '0')}; echo {board}; exit 1;; *) exec /bin/cat "$@";; esac""");
        server.LoginScript = $"PATH={_programs.Path}:$PATH";
        using IHostShell shell = name is null ? await user.ConnectAsync(server) : await user.ConnectAsync(new HostConnection(name));
        HostSession session = await ToolstackDetection.ConnectAsync(shell, null, () => DateTimeOffset.UtcNow, CancellationToken.None);
        return session.Named;
    }

    private void Program(string name, string script)
    {
        string path = _programs.Write(name, $"#!/bin/sh\n{script}\n");
        Programs.Run("chmod", "+x", path);
    }
}
