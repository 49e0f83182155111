namespace XenMigrate.Tests;

/// <summary>The steps of a repair are asked about before the first is done, and looked at once more after it.</summary>
public class RepairConsentTests
{
    [Fact]
    public async Task Who_says_no_to_one_step_has_none_done()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web--incoming", 'p', ran: false);

        MigrationRepair? repair = await half.RepairAsync(
            step => step.Action == CopyAction.Rename ? RepairConsent.Declined : RepairConsent.Given);

        Assert.Equal(MigrationRepairOutcome.Declined, repair!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task Who_only_wants_to_see_it_hears_all_steps_and_gets_no_result()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web--incoming", 'p', ran: false);
        List<string> shown = [];

        Assert.Null(await half.RepairAsync(step =>
        {
            shown.Add(step.Command);
            return RepairConsent.OnlyShown;
        }));
        Assert.Equal(["xl unpause 6", "xl destroy 9", "xl rename 6 web"], shown);
        Assert.Contains("a has web--migratedaway (id 6, Paused)", half.Told);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task What_changed_while_somebody_thought_about_it_is_not_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync(step =>
        {
            half.Pair.Destination.Guests.Clear();
            return RepairConsent.Given;
        });

        Assert.Equal(MigrationRepairOutcome.Failed, repair!.Outcome);
        Assert.IsType<GuestStateUnexpectedException>(repair.Error);
        Assert.Empty(half.Pair.Changes);
    }

    [Theory]
    [InlineData("Fails")]
    [InlineData("FailsAfterwards")]
    [InlineData("BreaksBefore")]
    [InlineData("BreaksAfter")]
    [InlineData("Lies")]
    public async Task Whichever_step_goes_wrong_a_second_repair_ends_it(string fault)
    {
        for (int step = 0; step < 3; step++)
        {
            HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p', ran: false);
            int wrong = step;
            half.Pair.Plan = (number, _) => number == wrong ? Enum.Parse<Fault>(fault) : Fault.None;

            _ = await half.RepairAsync();
            MigrationRepair? second = await half.RepairAsync();

            Assert.Equal("a", second!.ComputerName);
            Assert.True(second.Outcome is MigrationRepairOutcome.Settled or MigrationRepairOutcome.NothingToDo, $"{step}: {second.Left}");
            Assert.Equal("web", Assert.Single(half.Pair.Copies).Name);
        }
    }
}
