using System;
using System.IO;
using System.Reflection;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using Xunit;

namespace XenMigrate.Ssh.Tests;

public class HostKeyTests
{
    private static bool IsNetStandard =>
        typeof(SshConnector).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName
            .StartsWith(".NETStandard", StringComparison.Ordinal);

    [SshdFact]
    public async Task An_unknown_key_is_refused_and_nothing_is_recorded()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);

        HostKeyUnknownException e = await Assert.ThrowsAsync<HostKeyUnknownException>(() => user.ConnectAsync(server));

        Assert.Equal("ssh-ed25519", e.KeyType);
        Assert.Equal(server.HostKeys[0].Fingerprint, e.Fingerprint);
        Assert.Equal("", user.KnownHosts);
    }

    [SshdFact]
    public async Task An_accepted_key_is_recorded_and_known_from_then_on()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.KnownHosts = "# no line end here";

        using (await user.ConnectAsync(SshClientSide.To(server) with { AcceptHostKey = true }))
        {
        }

        Assert.Equal("# no line end here\n" + server.KnownHosts, user.KnownHosts);
        using IHostShell again = await user.ConnectAsync(server);
        Assert.True(again.IsConnected);
    }

    [SshdFact]
    public async Task A_known_hosts_file_that_is_made_is_for_its_owner_alone()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.Configuration = "Host *\n  UserKnownHostsFile ~/new/known\n  HashKnownHosts yes";

        using IHostShell shell = await user.ConnectAsync(SshClientSide.To(server) with { AcceptHostKey = true });

        string path = user.File_("new/known");
        Assert.StartsWith("|1|", File.ReadAllText(path));
        Assert.Contains(
            server.HostKeys[0].KnownHostsText, Programs.Run("ssh-keygen", "-F", server.Name, "-f", path));
        // netstandard2.0 knows no modes, and runs on Windows only.
        if (!OperatingSystem.IsWindows() && !IsNetStandard)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [SshdFact]
    public async Task A_changed_key_is_refused_even_when_new_ones_are_accepted()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.KnownHosts = $"{server.Name} {user.Key.KnownHostsText}\n";

        HostKeyChangedException e = await Assert.ThrowsAsync<HostKeyChangedException>(
            () => user.ConnectAsync(SshClientSide.To(server) with { AcceptHostKey = true }));

        Assert.Equal(server.HostKeys[0].Fingerprint, e.Fingerprint);
        Assert.DoesNotContain(server.HostKeys[0].KnownHostsText, user.KnownHosts);
    }

    [SshdFact]
    public async Task A_revoked_key_is_refused_though_it_is_known_too()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        user.KnownHosts += $"@revoked * {server.HostKeys[0].KnownHostsText}\n";

        HostKeyChangedException e = await Assert.ThrowsAsync<HostKeyChangedException>(() => user.ConnectAsync(server));

        Assert.Contains("revoked", e.Message);
    }

    [SshdFact]
    public async Task A_host_known_by_one_of_its_keys_is_asked_for_that_one()
    {
        using SshServer server = await SshServer.StartAsync("", "ed25519", "ecdsa", "rsa");
        using SshClientSide user = new SshClientSide().Authorize(server);

        foreach (SshKey key in server.HostKeys)
        {
            user.KnownHosts = $"{server.Name} {key.KnownHostsText}\n";
            using IHostShell shell = await user.ConnectAsync(server);

            Assert.Equal(key.Fingerprint, shell.Endpoint.HostKeyFingerprint);
        }
    }

    [SshdFact]
    public async Task A_certificate_authority_is_said_to_be_unsupported()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.KnownHosts = $"@cert-authority * {user.Key.KnownHostsText}\n";

        HostKeyUnknownException e = await Assert.ThrowsAsync<HostKeyUnknownException>(() => user.ConnectAsync(server));

        Assert.Contains("@cert-authority", e.Message);
    }
}
