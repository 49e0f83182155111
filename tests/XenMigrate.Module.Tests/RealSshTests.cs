using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using XenMigrate.ModuleTests.Hosting;
using XenMigrate.Ssh.Tests;

namespace XenMigrate.ModuleTests;

/// <summary>The module as a user has it, against a real OpenSSH server with an xl that answers from fixtures.</summary>
public sealed class RealSshTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModuleRunspace _runspace = new();

    [SshdFact]
    public async Task A_host_is_connected_and_its_guests_are_listed()
    {
        using SshServer server = await StartAsync();

        Written written = _runspace.Run($"{Connect(server)}; Get-Guest testvm1 | ForEach-Object {{ $_.Name, $_.Id, $_.State, $_.MemoryMB, $_.ComputerName }}");

        Assert.Empty(written.Errors);
        Assert.Equal(["xen1", "testvm1", "2", "Blocked", "96", "xen1"], written.Output.Select(item => item.ToString()));
    }

    [SshdFact]
    public async Task The_screen_shows_the_guests_in_a_table()
    {
        using SshServer server = await StartAsync();

        string text = _runspace.Show($"$null = {Connect(server)}; Get-Guest");

        Assert.Matches(@"Name +Id State +Type Mem\(MB\) VCpu +CpuTime ComputerName", text);
        Assert.Matches(@"testvm1 +2 Blocked +PV +96 +1 +0\.00:00:53 xen1", text);
        Assert.DoesNotContain("Domain-0", text);
    }

    [SshdFact]
    public async Task Detailed_shows_the_disks()
    {
        using SshServer server = await StartAsync();

        Assert.Matches(@"Disk +: \{xvda=/var/lib/libvirt/images/testvm1.img\}", _runspace.Show($"$null = {Connect(server)}; Get-Guest testvm1 -Detailed"));
    }

    [SshdFact]
    public async Task An_unknown_host_key_is_an_error_and_accepted_on_request()
    {
        using SshServer server = await StartAsync();
        File.Delete(_folder.File("known_hosts"));

        Written refused = _runspace.Run(Connect(server));
        Written accepted = _runspace.Run(Connect(server) + " -AcceptHostKey");

        Assert.Equal(["HostKeyUnknown"], refused.ErrorIds);
        Assert.Empty(accepted.Errors);
    }

    [SshdFact]
    public async Task Without_xl_it_is_no_xen_host()
    {
        using SshServer server = await StartAsync();
        File.Delete(_folder.File("bin/xl"));

        Assert.Equal(["ToolstackNotFound"], _runspace.Run(Connect(server)).ErrorIds);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _folder.Dispose();
    }

    private string Connect(SshServer server)
    {
        string configuration = _folder.Write(
            "config",
            $"""
            Host xen1
              HostName 127.0.0.1
              Port {server.Port}
              User {SshServer.UserName}
              IdentityFile {_folder.File("id")}
              UserKnownHostsFile {_folder.File("known_hosts")}
            """);
        return $"Connect-MigrationHost xen1 -ConfigurationPath '{configuration}'";
    }

    private async Task<SshServer> StartAsync()
    {
        string fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");
        string xl = _folder.Write("bin/xl", $"#!/bin/sh\nexec cat \"{fixtures}/xl $*.txt\"\n");
        _ = Programs.Run("chmod", "+x", xl);

        SshServer server = await SshServer.StartAsync();
        server.LoginScript = $"export PATH='{_folder.File("bin")}':/usr/bin:/bin\n";
        await File.WriteAllTextAsync(server.AuthorizedKeys, SshKey.Generate(_folder.File("id")).PublicText + "\n");
        _ = _folder.Write("known_hosts", server.KnownHosts);
        return server;
    }
}
