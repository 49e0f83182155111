namespace XenMigrate.Ssh.Tests;

public class SshConfigurationTests
{
    [Fact]
    public void The_first_value_wins_and_identity_files_add_up()
    {
        SshHostOptions options = For(
            "xen1",
            """
            Host xen1
              User root
              Port 2222
              IdentityFile ~/.ssh/a
            Host xen* other
              User nobody
              HostName %h.example.org
              IdentityFile ~/.ssh/b
            Host *
              Port 22
            """);

        Assert.Equal("root", options.User);
        Assert.Equal(2222, options.Port);
        Assert.Equal("%h.example.org", options.HostName);
        Assert.Equal(["~/.ssh/a", "~/.ssh/b"], options.IdentityFiles);
    }

    [Theory]
    [InlineData("User root")]
    [InlineData("  user\troot  ")]
    [InlineData("USER=root")]
    [InlineData("User = root")]
    [InlineData("User \"root\"")]
    [InlineData("User 'root' # an administrator")]
    [InlineData("User root\r")]
    public void A_line_may_be_written_in_many_ways(string line) => Assert.Equal("root", For("xen1", line).User);

    [Fact]
    public void Quoted_words_hold_blanks_and_windows_paths_stay_whole()
    {
        SshHostOptions options = For(
            "xen1", "IdentityFile \"C:\\Users\\A B\\key\"\nUserKnownHostsFile \"~/a b\" ~/c\\ d");

        Assert.Equal([@"C:\Users\A B\key"], options.IdentityFiles);
        Assert.Equal(["~/a b", "~/c d"], options.UserKnownHostsFiles);
    }

    [Fact]
    public void Negated_patterns_leave_a_host_out()
    {
        const string Text = "Host *.example.org !old.example.org\n  User root";

        Assert.Equal("root", For("xen1.example.org", Text).User);
        Assert.Null(For("old.example.org", Text).User);
    }

    [Fact]
    public void Of_the_match_blocks_only_match_all_counts()
    {
        Assert.Equal("b", For("xen1", "Match host xen1\n  User a\nMatch all\n  User b").User);
        Assert.Equal("c", For("xen1", "Match exec \"true\"\n  User a\nHost xen1\n  User c").User);
    }

    [Fact]
    public void An_include_counts_where_it_stands()
    {
        SshConfiguration configuration = new(
            [File("Host xen1\n  Include a b\n  User last\nHost xen2\n  Include a")],
            (_, words) => words.Select(word => File($"User {word}\nHost nobody\n  Port 9")));

        Assert.Equal("a", configuration.For("xen1").User);
        Assert.Null(configuration.For("xen1").Port);
        Assert.Equal("a", configuration.For("xen2").User);
        Assert.Null(configuration.For("xen3").User);
    }

    [Fact]
    public void An_include_of_itself_is_an_error_at_once_however_many_there_are()
    {
        SshConfigurationFile file = File("Include me me\nInclude me\nUser root");

        ConfigurationInvalidException e = Assert.Throws<ConfigurationInvalidException>(
            () => new SshConfiguration([file], (_, words) => words.Select(_ => file)).For("xen1"));

        Assert.Contains("included", e.Message);
    }

    [Fact]
    public void Files_that_double_with_each_include_are_read_so_often_and_no_more()
    {
        int read = 0;
        // Ten deep, two of each: a thousand files at the end of it, and as many on the way.
        IEnumerable<SshConfigurationFile> Next(string folder, IReadOnlyList<string> words)
        {
            read += words.Count;
            int depth = int.Parse(words[0], CultureInfo.InvariantCulture);
            return words.Select(_ => File(depth < 10 ? $"Include {depth + 1} {depth + 1}" : "User root"));
        }

        Assert.Throws<ConfigurationInvalidException>(() => new SshConfiguration([File("Include 1 1")], Next).For("xen1"));

        Assert.InRange(read, 1, 2000);
    }

    [Fact]
    public void Of_proxy_jump_and_proxy_command_the_first_counts()
    {
        Assert.Null(For("xen1", "ProxyJump a\nProxyCommand nc %h %p").ProxyCommand);
        Assert.Null(For("xen1", "ProxyCommand nc %h %p\nProxyJump a").ProxyJump);
        Assert.Equal("nc %h %p", For("xen1", "ProxyCommand nc %h %p").ProxyCommand);
        Assert.Null(For("xen1", "ProxyJump none").ProxyJump);
        Assert.Null(For("xen1", "ProxyCommand none").ProxyCommand);
    }

    [Fact]
    public void What_is_not_understood_is_passed_over()
    {
        SshHostOptions options = For("xen1", "Port many\nNoSuchKeyword yes\nUser\n=\n\"\nUser root");

        Assert.Null(options.Port);
        Assert.Equal("root", options.User);
    }

    [Fact]
    public void No_text_makes_the_parser_fail() => Gen.String.Sample(text => For("xen1", text));

    private static SshHostOptions For(string host, string text) =>
        new SshConfiguration([File(text)], (_, _) => []).For(host);

    private static SshConfigurationFile File(string text) => new("config", "", SshDirective.ParseAll(text));
}
