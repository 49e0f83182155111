using Renci.SshNet;

namespace XenMigrate.Ssh.Tests;

/// <summary>What ssh_config says of whom to trust is obeyed as OpenSSH obeys it, or is an error.</summary>
public class SecurityKeywordsTests
{
    private const string Ssh = "/usr/bin/ssh";

    [Theory]
    [InlineData("VerifyHostKeyDNS yes")]
    [InlineData("VerifyHostKeyDNS ask")]
    [InlineData("CanonicalizeHostname yes")]
    [InlineData("CanonicalizeHostname always")]
    [InlineData("KnownHostsCommand /bin/keys %H")]
    [InlineData("StrictHostKeyChecking no")]
    [InlineData("stricthostkeychecking OFF")]
    [InlineData("RekeyLimit 1G 1h")]
    [InlineData("Protocol 2,1")]
    [InlineData("Match host xen1\n  RevokedHostKeys /revoked", "RevokedHostKeys in a Match block")]
    [InlineData("Match exec true\n  Ciphers aes256-ctr", "Ciphers in a Match block")]
    public void What_is_not_obeyed_is_an_error_that_names_it(string line, string? named = null)
    {
        ConfigurationInvalidException e = Assert.Throws<ConfigurationInvalidException>(() => Resolve("User root\n" + line));

        Assert.Contains(named ?? line.Split(' ')[0], e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("xen1", e.Message);
        Assert.Equal("root", Resolve("User root\nHost other\n" + line.Replace("Match host xen1\n", "").Replace("Match exec true\n", ""), "xen2").UserName);
    }

    [Theory]
    [InlineData("StrictHostKeyChecking yes")]
    [InlineData("StrictHostKeyChecking ask\nVerifyHostKeyDNS no\nCanonicalizeHostname no\nKnownHostsCommand none\nRekeyLimit default none")]
    [InlineData("CASignatureAlgorithms ssh-ed25519\nHashKnownHosts yes\nGSSAPIAuthentication yes\nSendEnv LANG")]
    [InlineData("Match all\n  Ciphers aes256-ctr")]
    public void What_is_obeyed_is_none(string text) => Assert.Equal("xen1", Resolve(text).HostName);

    [Fact]
    public void Ways_to_log_in_that_are_turned_off_are_not_tried()
    {
        Assert.Equal(["publickey", "password", "keyboard-interactive"], Resolve("").Authentications);
        Assert.Equal(["publickey"], Resolve("PasswordAuthentication no\nKbdInteractiveAuthentication no").Authentications);
        Assert.Equal(
            ["keyboard-interactive", "publickey"],
            Resolve("PreferredAuthentications gssapi-with-mic,keyboard-interactive,publickey").Authentications);
    }

    [Fact]
    public void Weak_algorithms_are_off()
    {
        ConnectionInfo connection = Connection("");

        Assert.DoesNotContain(All(connection), name => name.Contains("sha1") || name.Contains("cbc") || name.Contains("md5"));
        Assert.DoesNotContain("ssh-rsa", All(connection));
        Assert.Contains("curve25519-sha256", All(connection));
    }

    // The same line is given to both; what only one of them has is left out, and SHA-1's MACs,
    // which OpenSSH has by default.
    [SshFact]
    public void The_lists_are_what_OpenSSH_makes_of_the_same_lines()
    {
        string[] lines =
        [
            "",
            "Ciphers aes256-ctr,aes128-ctr",
            "Ciphers -aes*-ctr",
            "Ciphers ^aes256-gcm@openssh.com",
            "Ciphers +aes128-cbc,3des-cbc",
            "MACs hmac-sha1,hmac-sha2-512",
            "MACs -*etm*",
            "MACs +hmac-sha1",
            "KexAlgorithms +diffie-hellman-group14-sha1",
            "KexAlgorithms ecdh-sha2-nistp521,curve25519-sha256",
            "KexAlgorithms -ecdh-*,diffie-hellman-*",
            "HostKeyAlgorithms rsa-sha2-512,ssh-ed25519",
            "HostKeyAlgorithms +ssh-rsa",
            "HostKeyAlgorithms ^rsa-sha2-256",
            "Host xen?\n  Ciphers aes192-ctr\nHost *\n  Ciphers aes128-ctr\n  MACs hmac-sha2-256",
        ];
        string[] everything = All(new("h", "u", new NoneAuthenticationMethod("u")));
        using TemporaryFolder folder = new();
        foreach (string line in lines)
        {
            Dictionary<string, string[]> theirs = Programs.Run(Ssh, "-G", "-F", folder.Write("config", line + "\n"), "xen1")
                .Split('\n').Select(text => text.Split(' ', 2)).Where(words => words.Length == 2)
                .GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.First()[1].Split(','));
            ConnectionInfo ours = Connection(line);

            Same("cipher", theirs["ciphers"], ours.Encryptions.Keys);
            Same("mac", theirs["macs"], ours.HmacAlgorithms.Keys);
            Same("kex", theirs["kexalgorithms"], ours.KeyExchangeAlgorithms.Keys);
            Same("HostKeyAlgorithms", theirs["hostkeyalgorithms"], ours.HostKeyAlgorithms.Keys);

            void Same(string kind, string[] there, IEnumerable<string> here)
            {
                string[] inBoth = [.. Programs.Run(Ssh, "-Q", kind).Split('\n').Intersect(everything)];
                string[] named = line.Split(' ', ',', '+');
                Assert.Equal(
                    [.. there.Intersect(inBoth).Where(name => !name.StartsWith("hmac-sha1", StringComparison.Ordinal) || named.Contains(name)).Order()],
                    here.Intersect(inBoth).Order().ToArray());
            }
        }

        Assert.Equal(["aes256-ctr", "aes128-ctr"], Connection("Ciphers aes256-ctr,aes128-ctr").Encryptions.Keys);
        Assert.Equal("aes256-gcm@openssh.com", Connection("Ciphers ^aes256-gcm@openssh.com").Encryptions.Keys.First());
        Assert.Equal("hmac-sha1", Connection("MACs +hmac-sha1").HmacAlgorithms.Keys.Last());
    }

    [Fact]
    public void A_list_that_leaves_nothing_is_an_error_that_names_the_keyword()
    {
        ConfigurationInvalidException e =
            Assert.Throws<ConfigurationInvalidException>(() => Connection("MACs umac-128-etm@openssh.com"));

        Assert.Contains("MACs", e.Message);
    }

    private static string[] All(ConnectionInfo connection) =>
    [
        .. connection.KeyExchangeAlgorithms.Keys,
        .. connection.Encryptions.Keys,
        .. connection.HmacAlgorithms.Keys,
        .. connection.HostKeyAlgorithms.Keys,
    ];

    private static ConnectionInfo Connection(string text)
    {
        ConnectionInfo connection = new("h", "u", new NoneAuthenticationMethod("u"));
        Resolve(text).Algorithms.Apply(connection);
        return connection;
    }

    private static SshTarget Resolve(string text, string host = "xen1") => new SshTargetResolver(
        new SshEnvironment("/home/me", "me", "/etc/ssh"),
        new SshConfiguration([new("config", "", SshDirective.ParseAll(text))], (_, _) => [])).Resolve(new HostConnection(host));

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SshFactAttribute : FactAttribute
    {
        public SshFactAttribute() => Skip = Needs.File(Ssh, "package openssh-client");
    }
}
