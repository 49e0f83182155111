namespace XenMigrate.Tests;

public class PredictedPauseTests
{
    private static readonly DowntimeParts s_past = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(4.9));

    private readonly MigrationPlan _plan = new()
    {
        Guest = A.Guest("web"),
        Source = "a",
        Destination = "b",
        MigrationAddress = "b",
        Report = new MigrationReport(),
    };

    [Fact]
    public void The_transfer_predicts_the_copy_and_earlier_moves_the_rest()
    {
        PreCopyOptions told = new() { Fixed = s_past with { LastCopy = TimeSpan.Zero } };
        PredictedPause predicted = PredictedPause.Of(ByHelper(told) with { PastDowntime = s_past }, Decided(rest: 1, after: 4, fixedPart: 5));

        // What was counted in four seconds goes again in one, in which about half of it is written.
        Assert.Equal(s_past with { LastCopy = TimeSpan.FromSeconds(0.5) }, predicted.Parts);
        Assert.Equal(5.5, predicted.Total!.Value.TotalSeconds, precision: 6);
    }

    [Fact]
    public void Of_the_first_move_what_is_usual_is_added_by_type()
    {
        TransferRecord decided = Decided(rest: 1, after: 1, fixedPart: 0);
        MigrationPlan hvm = ByHelper(new PreCopyOptions()) with { Guest = A.Guest("web") with { Type = GuestType.HVM } };

        Assert.Equal(1.6, PredictedPause.Of(ByHelper(new PreCopyOptions()), decided).Total!.Value.TotalSeconds, precision: 6);
        Assert.Equal(2.1, PredictedPause.Of(hvm, decided).Total!.Value.TotalSeconds, precision: 6);
    }

    [Fact]
    public void A_tool_that_tells_of_no_rounds_is_known_by_its_earlier_moves_alone()
    {
        Assert.Equal(s_past.Total, PredictedPause.Of(_plan with { PastDowntime = s_past }, new TransferRecord()).Total);
        Assert.Null(PredictedPause.Of(_plan, new TransferRecord()).Total);
    }

    [Fact]
    public void A_transfer_that_obeys_by_itself_knows_all_of_its_pause()
    {
        PredictedPause predicted = PredictedPause.Of(_plan with { PreCopy = new PreCopyOptions(), PastDowntime = s_past }, Decided(rest: 1, after: 1, fixedPart: 0));

        Assert.Equal((TimeSpan.FromSeconds(1), null), (predicted.Total, predicted.Parts));
    }

    private MigrationPlan ByHelper(PreCopyOptions told) => _plan with { PreCopy = told, Helpers = new HelperPair("/h", null) };

    private static TransferRecord Decided(double rest, double after, double fixedPart) => new()
    {
        Iterations =
        [
            new(0, 32768, 0, TimeSpan.FromSeconds(8), 9000, TimeSpan.FromSeconds(20), ConvergenceDecision.Continue, ""),
            new(1, 9000, 0, TimeSpan.FromSeconds(after), 4096, TimeSpan.FromSeconds(rest + fixedPart), ConvergenceDecision.StopAndCopy, ""),
        ],
    };
}
