using System.Management.Automation;
using XenMigrate.Shell.Terminals;
using XenMigrate.Shell.Tests.Fakes;

namespace XenMigrate.Shell.Tests.Progress;

public sealed class ScreenTests : IDisposable
{
    private readonly FakeTerminal _terminal = new(width: 60);
    private readonly ManualTime _time = new();
    private readonly Screen _screen;

    public ScreenTests() => _screen = new Screen(_terminal, _time);

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void A_bar_stands_below_the_text_and_leaves_the_cursor_where_it_was()
    {
        _screen.Write("one\n");

        Report("Moving testvm1", "Round 1", 50);

        Assert.Equal(["one", "Moving testvm1  ━━━╸───  50 %  Round 1"], _terminal.Rows);
        Assert.Equal((1, 0), _terminal.Cursor);
    }

    [Fact]
    public void Text_is_written_above_the_bar()
    {
        Report("Moving", "Round 1", 10);

        _screen.Write("text\n");
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("text", _terminal.Rows[0]);
        Assert.StartsWith("Moving", _terminal.Rows[1], StringComparison.Ordinal);
        Assert.Equal(2, _terminal.Rows.Length);
    }

    [Fact]
    public void A_line_that_is_not_finished_keeps_its_place()
    {
        _screen.Write("wait... ");
        Report("Moving", "Round 1", 10);

        _screen.Write("done\n");
        _screen.EndProgress();

        Assert.Equal(["wait... done"], _terminal.Rows);
    }

    [Fact]
    public void Records_are_drawn_no_more_than_ten_times_a_second_and_the_last_one_surely()
    {
        for (int percent = 0; percent < 100; percent++)
        {
            Report("Moving", $"at {percent}", percent);
            _time.Pass(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_terminal.Writes, 5, 11);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.EndsWith("at 99", Assert.Single(_terminal.Rows), StringComparison.Ordinal);
    }

    [Fact]
    public void A_completed_activity_takes_its_children_with_it()
    {
        Report("Emptying et-virt08", "1 of 2", 50, id: 1);
        Report("testvm1", "Round 1", 10, id: 2, parent: 1);
        Report("Another", "waits", -1, id: 3);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(3, _terminal.Rows.Length);
        Assert.StartsWith("  testvm1", _terminal.Rows[1], StringComparison.Ordinal);

        _screen.Report(0, new ProgressRecord(1, "Emptying et-virt08", "Done") { RecordType = ProgressRecordType.Completed });
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(["Another  waits"], _terminal.Rows);
    }

    [Fact]
    public void Nothing_is_left_when_the_command_ends()
    {
        Report("Moving", "Round 1", 10);

        _screen.EndProgress();
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Empty(_terminal.Rows);
    }

    [Fact]
    public void Nothing_is_drawn_while_a_question_is_open()
    {
        Report("Moving", "Round 1", 10);

        using (_screen.Ask())
        {
            Report("Moving", "Round 2", 20);
            _time.Pass(TimeSpan.FromSeconds(1));
            Assert.Empty(_terminal.Rows);
        }

        Report("Moving", "Round 3", 30);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.EndsWith("Round 3", Assert.Single(_terminal.Rows), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_never_takes_more_than_its_row()
    {
        Report(new string('a', 100), new string('s', 100), 40);

        Assert.InRange(Assert.Single(_terminal.Rows).Length, 40, 59);
    }

    [Fact]
    public void A_file_is_told_in_lines_and_not_more_than_one_a_second()
    {
        FakeTerminal file = new() { IsScreen = false };
        using Screen screen = new(file, _time);

        foreach (int percent in new[] { 0, 10, 20 })
        {
            screen.Report(0, new ProgressRecord(1, "Moving", "Round 1") { PercentComplete = percent });
            _time.Pass(TimeSpan.FromMilliseconds(600));
        }

        Assert.Equal(["Moving: Round 1 (0 %)", "Moving: Round 1 (20 %)"], file.Errors.Split(System.Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(file.Rows);
    }

    private void Report(string activity, string status, int percent, int id = 1, int parent = -1) => _screen.Report(
        0, new ProgressRecord(id, activity, status) { PercentComplete = percent, ParentActivityId = parent });
}
