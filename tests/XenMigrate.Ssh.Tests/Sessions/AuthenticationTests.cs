namespace XenMigrate.Ssh.Tests;

public class AuthenticationTests
{
    private const string Secret = "correct horse";

    [SshdFact]
    public async Task An_encrypted_key_opens_with_its_passphrase()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        SshKey key = SshKey.Generate(user.File_("locked"), passphrase: Secret);
        File.WriteAllText(server.AuthorizedKeys, key.PublicText);

        using IHostShell shell = await user.ConnectAsync(SshClientSide.To(server) with
        {
            KeyFilePath = key.PrivatePath,
            Credential = SshClientSide.Passphrase(Secret),
        });

        Assert.True(shell.IsConnected);
    }

    [SshdFact]
    public async Task An_rsa_key_and_an_ecdsa_key_do()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        foreach (string type in new[] { "rsa", "ecdsa" })
        {
            SshKey key = SshKey.Generate(user.File_(type), type);
            File.WriteAllText(server.AuthorizedKeys, key.PublicText);

            using IHostShell shell =
                await user.ConnectAsync(SshClientSide.To(server) with { KeyFilePath = key.PrivatePath });

            Assert.True(shell.IsConnected);
        }
    }

    [SshdFact]
    public async Task A_wrong_passphrase_is_said_without_the_passphrase()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        SshKey key = SshKey.Generate(user.File_("locked"), passphrase: Secret);
        HostConnection connection = SshClientSide.To(server) with
        {
            KeyFilePath = key.PrivatePath,
            Credential = SshClientSide.Passphrase("battery staple"),
        };

        ConfigurationInvalidException e =
            await Assert.ThrowsAsync<ConfigurationInvalidException>(() => user.ConnectAsync(connection));

        Assert.Contains("passphrase", e.Message);
        Assert.DoesNotContain("battery", e.ToString());
        Assert.DoesNotContain("battery", connection.ToString());
    }

    [SshdFact]
    public async Task A_named_key_that_is_encrypted_needs_a_passphrase()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        SshKey key = SshKey.Generate(user.File_("locked"), passphrase: Secret);

        ConfigurationInvalidException e = await Assert.ThrowsAsync<ConfigurationInvalidException>(
            () => user.ConnectAsync(SshClientSide.To(server) with { KeyFilePath = key.PrivatePath }));

        Assert.Contains("encrypted", e.Message);
    }

    [SshdFact]
    public async Task A_named_key_that_is_not_there_is_an_error_of_its_own()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);

        ConfigurationInvalidException e = await Assert.ThrowsAsync<ConfigurationInvalidException>(
            () => user.ConnectAsync(SshClientSide.To(server) with { KeyFilePath = "~/nowhere" }));

        Assert.Contains(user.File_("nowhere"), e.Message);
    }

    [SshdFact]
    public async Task A_certificate_beside_the_key_is_used()
    {
        using SshClientSide user = new();
        SshKey authority = SshKey.Generate(user.File_("authority"));
        using SshServer server = await SshServer.StartAsync($"TrustedUserCAKeys {authority.PublicPath}");
        user.KnownHosts = server.KnownHosts;
        Programs.Run(
            "ssh-keygen", "-q", "-s", authority.PrivatePath, "-I", "test", "-n", SshServer.UserName, user.Key.PublicPath);

        using IHostShell shell = await user.ConnectAsync(server);

        Assert.True(shell.IsConnected);
    }

    [SshdFact]
    public async Task Who_is_not_let_in_reads_which_keys_were_not_tried()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new() { KnownHosts = server.KnownHosts };
        SshKey locked = SshKey.Generate(user.File_(".ssh/id_ecdsa"), "ecdsa", Secret);

        AuthenticationFailedException e =
            await Assert.ThrowsAsync<AuthenticationFailedException>(() => user.ConnectAsync(server));

        Assert.Contains(locked.PrivatePath, e.Message);
        Assert.Contains("encrypted", e.Message);
        Assert.DoesNotContain("id_rsa", e.Message);
        Assert.Equal(SshServer.UserName, e.UserName);
    }

    [SshdFact]
    public async Task A_password_that_is_refused_is_in_no_message()
    {
        using SshServer server = await SshServer.StartAsync("PasswordAuthentication yes");
        using SshClientSide user = new() { KnownHosts = server.KnownHosts };
        HostConnection connection =
            SshClientSide.To(server) with { Credential = new(SshServer.UserName, "tr0ub4dor&3") };

        AuthenticationFailedException e =
            await Assert.ThrowsAsync<AuthenticationFailedException>(() => user.ConnectAsync(connection));

        Assert.DoesNotContain("tr0ub4dor", e.ToString());
        Assert.DoesNotContain("tr0ub4dor", connection.ToString());
    }
}
