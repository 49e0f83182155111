namespace XenMigrate.Tests;

/// <summary>A repair touches nothing while somebody works on the guest, or while that is not known.</summary>
public class RepairPatienceTests
{
    [Fact]
    public async Task A_transfer_that_is_under_way_is_waited_for()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Sending;

        MigrationRepair? repair = await half.RepairAsync(tell: text =>
        {
            if (text.Contains("xl migrate 5 b", StringComparison.Ordinal))
            {
                half.Pair.Source.Processes = HalfMoved.Quiet;
                half.Pair.Source.Guests.Clear();
                half.Pair.Destination.Guests[0] = half.Pair.Destination.Guests[0] with { Name = "web", State = 'b' };
            }
        });

        Assert.Equal((MigrationRepairOutcome.NothingToDo, "b"), (repair!.Outcome, repair.ComputerName));
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_transfer_that_takes_longer_is_left_alone()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Sending;

        MigrationRepair? repair = await half.RepairAsync(patience: TimeSpan.FromSeconds(30));

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("'xl migrate 5 b' on a", repair.Left, StringComparison.Ordinal);
        Assert.InRange(half.Pair.Timing.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task Without_a_list_of_processes_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Destination.Processes = "\0\0garbage";

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("on b can't be told", repair.Left, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task While_a_host_is_silent_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');

        MigrationRepair? repair = await half.RepairAsync(destination: new HostEnd("b", null, "It is on fire."));

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair!.Outcome, repair.ComputerName));
        Assert.Contains("b could not be asked (It is on fire.)", repair.Found);
        Assert.Contains("b can be asked", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task A_guest_that_somebody_holds_on_either_host_is_left_to_them(string where)
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');
        SimulatedHost host = where == "a" ? half.Pair.Source : half.Pair.Destination;
        LeaseHolder mover = new(Guid.NewGuid(), "one@client, process 7, moves web");
        _ = host.Leases.Run(LeaseCommands.Take(A.Uuid, mover, "web").Words);

        MigrationRepair? refused = await half.RepairAsync(patience: TimeSpan.FromSeconds(10));
        MigrationRepair? settled = await half.RepairAsync(patience: TimeSpan.FromMinutes(3));

        Assert.Equal(MigrationRepairOutcome.Left, refused!.Outcome);
        Assert.Contains("one@client, process 7, moves web", refused.Left, StringComparison.Ordinal);
        // Nobody renewed it, so by the host's own time it has ended.
        Assert.Equal((MigrationRepairOutcome.Settled, "b"), (settled!.Outcome, settled.ComputerName));
    }

    [Fact]
    public async Task A_guest_that_somebody_took_while_the_question_was_open_is_left_to_them()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync(step =>
        {
            Assert.Equal("a", step.Host);
            _ = half.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client"), "web").Words);
            return RepairConsent.Given;
        });

        Assert.Equal(MigrationRepairOutcome.Failed, repair!.Outcome);
        _ = Assert.IsType<GuestLeasedException>(repair.Error);
        Assert.Empty(half.Pair.Changes);
    }
}
