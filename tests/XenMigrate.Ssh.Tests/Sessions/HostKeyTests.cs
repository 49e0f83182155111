using System.Reflection;
using System.Runtime.Versioning;

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
    public async Task A_key_that_RevokedHostKeys_lists_is_refused_whoever_knows_it()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        user.Configuration = "RevokedHostKeys ~/revoked";
        File.WriteAllText(user.File_("revoked"), $"# no longer\n{server.HostKeys[0].PublicText}\n");

        HostKeyChangedException e = await Assert.ThrowsAsync<HostKeyChangedException>(() => user.ConnectAsync(server));
        Assert.Contains("RevokedHostKeys", e.Message);

        File.WriteAllText(user.File_("revoked"), user.Key.PublicText);
        using IHostShell shell = await user.ConnectAsync(server);
        Assert.True(shell.IsConnected);
    }

    [SshdFact]
    public async Task A_list_of_revoked_keys_that_can_not_be_read_trusts_no_host()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        user.Configuration = "RevokedHostKeys ~/revoked";

        ConfigurationInvalidException e = await Assert.ThrowsAsync<ConfigurationInvalidException>(() => user.ConnectAsync(server));
        Assert.Contains("RevokedHostKeys", e.Message);

        Programs.Run("ssh-keygen", "-k", "-f", user.File_("revoked"), server.HostKeys[0].PublicPath);
        await Assert.ThrowsAsync<ConfigurationInvalidException>(() => user.ConnectAsync(server));
    }

    [SshdFact]
    public async Task A_host_with_weak_algorithms_alone_is_spoken_to_if_the_configuration_names_them()
    {
        using SshServer server = await SshServer.StartAsync(
            "KexAlgorithms diffie-hellman-group14-sha1\nMACs hmac-sha1\nCiphers aes128-cbc\nHostKeyAlgorithms ssh-rsa", "rsa");
        using SshClientSide user = new SshClientSide().Meet(server);

        HostUnreachableException e = await Assert.ThrowsAsync<HostUnreachableException>(() => user.ConnectAsync(server));
        Assert.Contains("KexAlgorithms", e.Message);

        user.Configuration =
            "KexAlgorithms +diffie-hellman-group14-sha1\nMACs +hmac-sha1\nCiphers +aes128-cbc\nHostKeyAlgorithms +ssh-rsa";
        using IHostShell shell = await user.ConnectAsync(server);
        Assert.Equal(0, (await shell.RunAsync("true")).ExitCode);
    }

    [SshdFact]
    public async Task With_accept_new_an_unknown_key_is_recorded_and_a_changed_one_refused()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.Configuration = "StrictHostKeyChecking accept-new";

        using (await user.ConnectAsync(server))
        {
        }

        Assert.Equal(server.KnownHosts, user.KnownHosts);
        user.KnownHosts = $"{server.Name} {user.Key.KnownHostsText}\n";
        await Assert.ThrowsAsync<HostKeyChangedException>(() => user.ConnectAsync(server));
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
