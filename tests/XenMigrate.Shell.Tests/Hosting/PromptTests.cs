using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using XenMigrate.Shell.Hosting;
using XenMigrate.Shell.Terminals;
using XenMigrate.Shell.Tests.Fakes;

namespace XenMigrate.Shell.Tests.Hosting;

public sealed class PromptTests : IDisposable
{
    private static readonly Collection<ChoiceDescription> s_choices =
    [
        new("&Yes", "Does it."), new("Yes to &All", "Does all."), new("&No", "Leaves it."),
    ];

    private readonly FakeTerminal _terminal = new(width: 80);
    private readonly Screen _screen;
    private readonly ShellInterface _interface;
    private bool _stopped;

    public PromptTests()
    {
        _screen = new Screen(_terminal, new ManualTime());
        _interface = new ShellInterface(_screen, () => _stopped = true);
    }

    public void Dispose() => _screen.Dispose();

    [Theory]
    [InlineData("\r", 2)]
    [InlineData("y\r", 0)]
    [InlineData("A\r", 1)]
    [InlineData("yes to all\r", 1)]
    [InlineData("maybe\rn\r", 2)]
    public void An_answer_is_a_letter_a_label_or_nothing(string typed, int expected)
    {
        _ = _terminal.Type(typed);

        Assert.Equal(expected, _interface.PromptForChoice("Confirm", "Move testvm1?", s_choices, 2));
    }

    [Fact]
    public void The_question_shows_its_answers_and_the_default()
    {
        _ = _terminal.Type("y\r");

        _ = _interface.PromptForChoice("Confirm", "Move testvm1?", s_choices, 2);

        Assert.Equal(
            ["Confirm", "Move testvm1?", "[Y] Yes  [A] Yes to All  [N] No  [?] Help (default is \"N\"): y"], _terminal.Rows);
    }

    [Fact]
    public void A_question_mark_explains_the_answers()
    {
        _ = _terminal.Type("?\ry\r");

        _ = _interface.PromptForChoice("", "", s_choices, 2);

        Assert.Contains("A - Does all.", _terminal.Rows);
    }

    [Fact]
    public void Ctrl_C_stops_the_command_that_asks()
    {
        _ = _terminal.Press(ConsoleKey.C, ConsoleModifiers.Control);

        _ = Assert.Throws<PipelineStoppedException>(() => _interface.PromptForChoice("", "", s_choices, 0));
        Assert.True(_stopped);
    }

    [Fact]
    public void A_credential_is_a_name_and_a_password_that_is_not_shown()
    {
        _ = _terminal.Type("root\rsecrex").Press(ConsoleKey.Backspace).Type("t\r");

        NetworkCredential credential = _interface.PromptForCredential("", "", "", "").GetNetworkCredential();

        Assert.Equal(("root", "secret"), (credential.UserName, credential.Password));
        Assert.Equal(["User: root", "Password for root: ******"], _terminal.Rows);
    }

    [Fact]
    public void Nobody_is_asked_where_nobody_sits()
    {
        using Screen screen = new(new FakeTerminal { IsInputRedirected = true }, new ManualTime());

        _ = Assert.Throws<HostException>(() => new ShellInterface(screen, () => { }).PromptForChoice("", "", s_choices, 0));
    }
}
