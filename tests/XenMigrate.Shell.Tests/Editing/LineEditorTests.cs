using XenMigrate.Shell.Editing;
using XenMigrate.Shell.Tests.Fakes;

namespace XenMigrate.Shell.Tests.Editing;

public class LineEditorTests
{
    private readonly FakeTerminal _terminal = new();

    [Fact]
    public void What_is_typed_is_shown_and_returned()
    {
        EditedLine line = new LineEditor(_terminal.Type("Get-Guest\r")).Read("PS> ");

        Assert.Equal(new EditedLine(LineEnd.Accepted, "Get-Guest"), line);
        Assert.Equal(["PS> Get-Guest"], _terminal.Rows);
        Assert.Equal((1, 0), _terminal.Cursor);
    }

    [Fact]
    public void Keys_edit_in_the_middle_of_the_line()
    {
        _ = _terminal.Type("Gest").Press(ConsoleKey.Home).Press(ConsoleKey.RightArrow).Type("u")
            .Press(ConsoleKey.A, ConsoleModifiers.Control).Type("Get-").Press(ConsoleKey.E, ConsoleModifiers.Control).Type("s")
            .Press(ConsoleKey.Backspace).Type("\r");

        Assert.Equal("Get-Guest", new LineEditor(_terminal).Read("").Text);
    }

    [Fact]
    public void A_long_line_goes_on_in_the_next_row()
    {
        _ = _terminal.Type(new string('a', 36) + "bcd").Press(ConsoleKey.LeftArrow).Type("X\r");

        _ = new LineEditor(_terminal).Read("PS> ");

        Assert.Equal(["PS> " + new string('a', 36), "bcXd"], _terminal.Rows);
    }

    [Fact]
    public void A_line_that_fills_its_row_leaves_the_cursor_on_the_next()
    {
        _ = _terminal.Type(new string('a', 36) + "\r");

        _ = new LineEditor(_terminal).Read("PS> ");

        Assert.Equal(["PS> " + new string('a', 36)], _terminal.Rows);
    }

    [Fact]
    public void A_command_that_is_not_complete_goes_on_in_the_next_line()
    {
        LineEditor editor = new(_terminal.Type("if (1) {\r2 }\r")) { IsComplete = Shell.Running.Completeness.IsComplete };

        Assert.Equal("if (1) {\n2 }", editor.Read("PS> ").Text);
        Assert.Equal(["PS> if (1) {", ">> 2 }"], _terminal.Rows);
    }

    [Fact]
    public void Ctrl_C_leaves_the_line()
    {
        EditedLine line = new LineEditor(_terminal.Type("Stop-Guest").Press(ConsoleKey.C, ConsoleModifiers.Control)).Read("PS> ");

        Assert.Equal(LineEnd.Cancelled, line.End);
        Assert.Equal(["PS> Stop-Guest^C"], _terminal.Rows);
    }

    [Fact]
    public void Ctrl_D_ends_an_empty_line_and_deletes_in_another()
    {
        _ = _terminal.Type("ab").Press(ConsoleKey.Home).Press(ConsoleKey.D, ConsoleModifiers.Control)
            .Press(ConsoleKey.D, ConsoleModifiers.Control).Press(ConsoleKey.D, ConsoleModifiers.Control);

        Assert.Equal(new EditedLine(LineEnd.EndOfInput, ""), new LineEditor(_terminal).Read(""));
    }

    [Fact]
    public void Up_finds_what_began_as_was_typed_and_down_comes_back()
    {
        LineEditor editor = new(_terminal) { History = new History(["Get-Guest", "Move-Guest a", "Get-MigrationHost"]) };

        _ = _terminal.Type("Get").Press(ConsoleKey.UpArrow).Press(ConsoleKey.UpArrow).Type("\r");
        Assert.Equal("Get-Guest", editor.Read("").Text);

        _ = _terminal.Type("Get").Press(ConsoleKey.UpArrow).Press(ConsoleKey.DownArrow).Type("\r");
        Assert.Equal("Get", editor.Read("").Text);
    }

    [Fact]
    public void A_recalled_command_of_several_lines_does_not_stop_the_walk()
    {
        LineEditor editor = new(_terminal) { History = new History(["oldest", "one\ntwo"]) };

        _ = _terminal.Press(ConsoleKey.UpArrow).Press(ConsoleKey.UpArrow).Type("\r");

        Assert.Equal("oldest", editor.Read("").Text);
    }

    [Fact]
    public void Tab_goes_through_the_completions_and_shift_tab_back()
    {
        LineEditor editor = Completing("Get-Guest", "Get-MigrationHost", "Get-Module");

        _ = _terminal.Type("Get-\t\t\t").Press(ConsoleKey.Tab, ConsoleModifiers.Shift).Type("\r");

        Assert.Equal("Get-MigrationHost", editor.Read("").Text);
    }

    [Fact]
    public void Choices_stand_below_the_line_until_another_key()
    {
        LineEditor editor = Completing("Get-Guest", "Get-Module");
        _ = _terminal.Type("Get-\t");

        _ = Assert.Throws<InvalidOperationException>(() => editor.Read("PS> "));
        Assert.Equal(["PS> Get-Guest", "[Get-Guest] Get-Module"], _terminal.Rows);
        Assert.Equal((0, 13), _terminal.Cursor);
    }

    [Fact]
    public void Escape_takes_a_completion_back()
    {
        LineEditor editor = Completing("Get-Guest", "Get-Module");

        _ = _terminal.Type("Get-\t").Press(ConsoleKey.Escape).Type("\r");

        Assert.Equal("Get-", editor.Read("").Text);
    }

    [Fact]
    public void A_prompt_of_several_lines_is_drawn_once()
    {
        _ = new LineEditor(_terminal.Type("ab\r")).Read("above\r\n> ");

        Assert.Equal(["above", "> ab"], _terminal.Rows);
    }

    private LineEditor Completing(params string[] texts) => new(_terminal)
    {
        Completer = new Fixed(new Completions(0, 4, [.. texts.Select(text => new Shell.Editing.Completion(text, text))])),
    };

    private sealed class Fixed(Completions completions) : ICompleter
    {
        public Completions Complete(string text, int cursor) => completions;
    }
}
