namespace XenMigrate.Tests;

public class XlDestinationLogTests
{
    private const string Reason = "xc: error: Unable to restore HVM context (22 = Invalid argument): Internal error";

    [PosixFact]
    public async Task What_was_noted_since_the_move_began_is_read()
    {
        using TemporaryFolder folder = new();
        string log = folder.Write("xl-w'eb--incoming.log", $"libxl: debug: chatter\n{Reason}\n");

        Assert.Contains(Reason, (await ReadAsync(log)).Output, StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(log, DateTime.UtcNow.AddHours(-1));
        Assert.Equal("", (await ReadAsync(log)).Output);
    }

    [PosixFact]
    public async Task A_host_without_the_log_says_nothing() =>
        Assert.False((await LocalShell.RunAsync(XlDestinationLog.Command("web", TimeSpan.Zero, "/nonexistent"))).Succeeded);

    [Fact(Timeout = 20000)]
    public async Task The_reason_of_a_failed_move_is_what_the_destination_noted()
    {
        SimulatedPair pair = new() { Plan = (_, command) => command.Contains("migrate", StringComparison.Ordinal) ? Fault.Fails : Fault.None };
        pair.Destination.Answers = words => words.Count > 3 && words[^1].EndsWith("/xl-web--incoming.log", StringComparison.Ordinal)
            ? new CommandResult(0, $"libxl: debug: chatter\n{Reason}\nWaiting for domain web (domid 9) to die [pid 77], no chatter either\n", "")
            : null;

        MigrationResult result = (await pair.MoveAsync(live: true, CancellationToken.None))!;

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "CpuIncompatible"), (result.Outcome, result.ErrorId));
        Assert.Contains("Unable to restore HVM context", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Transcript, line => line.Contains("chatter", StringComparison.Ordinal));
    }

    private static Task<CommandResult> ReadAsync(string log) =>
        LocalShell.RunAsync(XlDestinationLog.Command("w'eb", TimeSpan.FromSeconds(30), Path.GetDirectoryName(log)!));
}
