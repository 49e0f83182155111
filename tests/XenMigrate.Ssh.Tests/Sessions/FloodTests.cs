namespace XenMigrate.Ssh.Tests;

/// <summary>A host that writes megabytes where a line was expected. Alone, since it weighs the process.</summary>
[Collection(nameof(FloodTests))]
[CollectionDefinition(nameof(FloodTests), DisableParallelization = true)]
public class FloodTests
{
    private const int FloodLength = 64 * 1024 * 1024;
    private const string Flood = "head -c 67108864 /dev/zero | tr '\\0' x";

    // On a busy machine they take as long as they take.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    // To look takes a processor for itself.
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(100);

    // What is kept is held twice while it becomes a text, two bytes a character.
    private const long MostHeld = 110 * 1024 * 1024;

    [SshdFact(Timeout = 300_000)]
    public async Task An_output_of_many_megabytes_is_not_understood_and_not_held()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        OutputNotUnderstoodException e = null!;
        long most = await HeldWhileAsync(async () =>
            e = await Assert.ThrowsAsync<OutputNotUnderstoodException>(() => RunAsync(shell, Flood)));

        Assert.InRange(most, 0, MostHeld);
        Assert.Contains($"{FloodLength - OutputLimits.Stream} characters longer", e.Message);
        Assert.InRange(e.Output.Length, 900, 1000);
        Assert.Equal("still usable\n", (await shell.RunAsync("echo", "still usable")).Output);
    }

    [SshdFact(Timeout = 300_000)]
    public async Task A_flood_on_either_stream_costs_the_other_commands_of_a_batch_nothing()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        CommandResult[] results = [];
        long most = await HeldWhileAsync(async () => results =
        [
            .. await shell.RunAllAsync(
                [
                    new("echo", "before"),
                    RemoteCommand.Script(Flood),
                    RemoteCommand.Script(Flood + " >&2; exit 3"),
                    new("echo", "after"),
                ],
                s_patience,
                CancellationToken.None),
        ]);

        Assert.InRange(most, 0, MostHeld);
        Assert.Equal([new CommandResult(0, "before\n", ""), new CommandResult(0, "after\n", "")], [results[0], results[3]]);
        Assert.All(results[1..3], result => Assert.InRange(result.Discarded, 60_000_000, FloodLength));
        Assert.Equal([0, 3], results[1..3].Select(result => result.ExitCode));
        Assert.All(results[1..3], result => Assert.InRange(result.Output.Length + result.Error.Length, 4_000_000, OutputLimits.CommandOfMany));
    }

    [SshdFact(Timeout = 300_000)]
    public async Task Whoever_listens_gets_every_line_and_the_exit_code_and_no_line_without_end()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();

        CommandResult result = await RunAsync(shell, Flood + "; echo; echo last; exit 4", lines);

        Assert.Equal(4, result.ExitCode);
        Assert.Equal([OutputLimits.Line, 4], lines.Output.Select(line => line.Length));
        Assert.Equal((OutputLimits.Stream, FloodLength + 6 - OutputLimits.Stream), (result.Output.Length, result.Discarded));
    }

    private static Task<CommandResult> RunAsync(IHostShell shell, string script, IProgress<OutputLine>? lines = null) =>
        shell.RunAsync(RemoteCommand.Script(script), s_patience, lines, CancellationToken.None);

    /// <summary>The most bytes that were alive at any time while something was done, beyond those before it.</summary>
    private static async Task<long> HeldWhileAsync(Func<Task> act)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        Task acting = Task.Run(act);
        while (!acting.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            _ = await Task.WhenAny(acting, Task.Delay(s_often));
        }

        await acting;
        return most;
    }
}
