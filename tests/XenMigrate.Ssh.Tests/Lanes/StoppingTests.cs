using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using XenMigrate.Migration;
using XenMigrate.Toolstacks.Xl;
using Xunit;
using Xunit.Abstractions;

namespace XenMigrate.Ssh.Tests;

/// <summary>Many moves out of one host, with whatever number of channels its sshd grants. Alone, since it is timed.</summary>
[Collection(nameof(StoppingTests))]
[CollectionDefinition(nameof(StoppingTests), DisableParallelization = true)]
public class StoppingTests(ITestOutputHelper output)
{
    [SshdTheory]
    [InlineData(1, 10)]
    [InlineData(1, 1)]
    [InlineData(4, 10)]
    [InlineData(4, 1)]
    [InlineData(16, 10)]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    public async Task All_moves_out_of_a_host_stop_within_three_seconds(int moves, int maxSessions)
    {
        using SshServer server = await SshServer.StartAsync($"MaxSessions {maxSessions}");
        using StandInXl xl = new(server);
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource stop = new();
        CopyingAtLast[] copying = [.. Enumerable.Range(0, moves).Select(_ => new CopyingAtLast())];
        Stopwatch clock = Stopwatch.StartNew();

        Task<TransferRecord>[] running =
        [
            .. copying.Select((one, i) => new XlLiveMigration(StandInXl.Move(shell, i + 1), one).RunAsync(stop.Token)),
        ];
        await Task.WhenAll(copying.Select(one => one.Seen));
        output.WriteLine($"{moves} moves begun within {clock.Elapsed.TotalSeconds:0.00} s over {((SshHostShell)shell).Connections} connections");

        // A question has its way while all of them run.
        clock.Restart();
        Assert.Equal("here\n", (await shell.RunAsync("echo", "here")).Output);
        output.WriteLine($"a question took {clock.Elapsed.TotalSeconds:0.00} s");

        clock.Restart();
        await stop.CancelAsync();
        TransferRecord[] records = await Task.WhenAll(running);
        output.WriteLine($"MaxSessions {maxSessions}: {moves} moves stopped within {clock.Elapsed.TotalSeconds:0.00} s");

        Assert.All(records, record => Assert.True(record is { Aborted: true, FinishedDespiteCancellation: false, ExitCode: 1 }));
        Assert.Equal(moves, xl.Ended);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange(((SshHostShell)shell).Connections, 1, SshLanes.MostForControl + SshLanes.MostForTransfers);
    }

    /// <summary>Tells when the look at a transport has seen something.</summary>
    private sealed class CopyingAtLast : IProgress<MigrationProgress>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void Report(MigrationProgress value)
        {
            if (value.Step == MigrationStep.CopyingMemory)
            {
                _seen.TrySetResult();
            }
        }
    }
}
