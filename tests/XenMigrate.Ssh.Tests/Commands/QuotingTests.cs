namespace XenMigrate.Ssh.Tests;

public class QuotingTests
{
    // Lone surrogates are no text and have no UTF-8; NUL is refused by RemoteCommand itself.
    private static readonly Gen<string> s_word = Gen.OneOf(
        Gen.Char[" \t\n\r'\"\\$`!*?[]{}()<>|&;#~=%^-a"].Array[0, 12].Select(characters => new string(characters)),
        Gen.Char['\u0001', '\uD7FF'].Array[0, 12].Select(characters => new string(characters)),
        Gen.Const("😀"));

    private static readonly Gen<string[]> s_words = s_word.Array[0, 8];

    [SshdFact]
    public async Task Any_words_reach_the_command_as_they_were()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        await s_words.SampleAsync(
            async words => Assert.Equal(Framed(words), (await shell.RunAsync(["printf", "<%s>\\n", "", .. words])).Output),
            iter: 30,
            threads: 1);
    }

    [SshdFact]
    public async Task Any_words_reach_the_commands_of_a_batch_as_they_were()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        await s_words.Array[40].SampleAsync(
            async lists =>
            {
                IReadOnlyList<CommandResult> results = await shell.RunAllAsync(
                    [.. lists.Select(words => new RemoteCommand(["printf", "<%s>\\n", "", .. words]))],
                    Shells.Patience,
                    CancellationToken.None);
                Assert.Equal(lists.Select(Framed), results.Select(result => result.Output));
            },
            iter: Depth.Of(onCI: 25, elsewhere: 5),
            threads: 1);
    }

    private static string Framed(string[] words) => "<>\n" + string.Concat(words.Select(word => $"<{word}>\n"));
}
