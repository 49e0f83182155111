namespace XenMigrate.Ssh.Tests;

/// <summary>
/// Many moves out of one host, with whatever number of channels its sshd grants. The transfers last for ever, so that a
/// question or a stop that waits for one of them is never answered; the benchmark says how long a stop takes.
/// </summary>
public class StoppingTests
{
    [SshdTheory]
    [InlineData(1, 1)]
    [InlineData(4, 10)]
    [InlineData(4, 1)]
    [InlineData(12, 3)]
    public async Task Questions_and_stops_wait_for_no_transfer(int moves, int maxSessions)
    {
        using SshServer server = await SshServer.StartAsync($"MaxSessions {maxSessions}");
        using StandInXl xl = new(server);
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource stop = new();
        CopyingAtLast[] copying = [.. Enumerable.Range(0, moves).Select(_ => new CopyingAtLast())];

        Task<TransferRecord>[] running =
        [
            .. copying.Select((one, i) => new XlLiveMigration(StandInXl.Move(shell, i + 1), one).RunAsync(stop.Token)),
        ];
        await Task.WhenAll(copying.Select(one => one.Seen));
        Assert.Equal("here\n", (await shell.RunAsync("echo", "here")).Output);
        Assert.All(running, move => Assert.False(move.IsCompleted));
        Assert.Equal(0, xl.Ended);

        await stop.CancelAsync();
        TransferRecord[] records = await Task.WhenAll(running);

        Assert.All(records, record => Assert.True(record is { Aborted: true, FinishedDespiteCancellation: false, ExitCode: 1 }));
        Assert.Equal(moves, xl.Ended);
        Assert.InRange(((SshHostShell)shell).Connections, 1, SshLanes.MostForControl + SshLanes.MostForTransfers);
    }
}
