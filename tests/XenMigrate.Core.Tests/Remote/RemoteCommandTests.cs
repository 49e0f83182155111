namespace XenMigrate.Tests;

public class RemoteCommandTests
{
    [Theory]
    [InlineData("web", "web")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("~root", "'~root'")]
    [InlineData("A=b", "'A=b'")]
    [InlineData("/var/lib/xen-4.17/a_b:c,d@e+f%g", "/var/lib/xen-4.17/a_b:c,d@e+f%g")]
    public void A_word_is_quoted_when_a_shell_would_read_it_otherwise(string word, string quoted) =>
        Assert.Equal("xl " + quoted, new RemoteCommand("xl", word).ToString());

    [Fact]
    public void A_command_without_words_is_none() => Assert.Throws<ArgumentException>(() => new RemoteCommand());

    [Fact]
    public void A_word_with_a_nul_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RemoteCommand("xl", "a\0b"));

    [Fact]
    public void A_script_finds_its_arguments_as_one_two_three() =>
        Assert.Equal("sh -c 'echo \"$1\"' sh 'a b'", RemoteCommand.Script("echo \"$1\"", "a b").ToString());

    [PosixFact]
    public void Any_words_survive_a_real_shell() => Words.Array[1, 40].Sample(
        words =>
        {
            // Hundreds of words at once, since a process for each would take too long. NUL ends each on the way back.
            CommandResult result = LocalShell.RunAsync(new RemoteCommand(["printf", @"%s\0", .. words])).GetAwaiter().GetResult();
            return result.Output.Split('\0').SkipLast(1).SequenceEqual(words);
        },
        iter: 40);

    [PosixFact]
    public void Any_words_survive_two_shells_as_ssh_needs_it() => Words.Array[1, 20].Sample(
        words =>
        {
            RemoteCommand inner = new(["printf", @"%s\0", .. words]);
            CommandResult result = LocalShell.RunAsync(new RemoteCommand("sh", "-c", inner.ToString())).GetAwaiter().GetResult();
            return result.Output.Split('\0').SkipLast(1).SequenceEqual(words);
        },
        iter: 20);

    private static Gen<string> Words { get; } = Gen.OneOf(
        Gen.String[Gen.Char["'\"\\$`!*?[]{}()<>|&;#~=%^ \t\n\r-/aZ0é…"], 0, 12],
        Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 12].Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void An_error_shows_of_a_script_its_name_or_its_beginning()
    {
        RemoteCommand script = RemoteCommand.Script(new string('x', 5000));

        Assert.InRange(new HostTimeoutException("a", script, TimeSpan.FromSeconds(60)).Message.Length, 100, 600);
        Assert.InRange(new RemoteCommandFailedException("a", script, new CommandResult(1, "", "no")).Message.Length, 100, 600);
        Assert.Contains("'(survey)' on a", new HostTimeoutException("a", script.Named("survey"), TimeSpan.FromSeconds(60)).Message, StringComparison.Ordinal);
    }
}
