using System.Diagnostics;

namespace XenMigrate.Shell.Tests.Running;

public class CommandTests
{
    [Fact]
    public async Task It_runs_text_and_ends_with_0()
    {
        Ended ended = await ShellProcess.RunAsync("-Command", "1..3 | ForEach-Object { $_ * 2 }");

        Assert.Equal(new Ended(0, "2\n4\n6\n", ""), Unix(ended));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("if (", 1)]
    [InlineData("dotnet exec nothing-there.dll", 1)]
    [InlineData("try { throw 'no' } catch { 'yes' }", 0)]
    [InlineData("Write-Error no -ErrorAction SilentlyContinue; 'yes'", 0)]
    public async Task Its_exit_code_says_how_it_went(string text, int code)
    {
        Ended ended = await ShellProcess.RunAsync("-NoLogo", "-Command", text);

        Assert.Equal(code, ended.Code);
    }

    [Fact]
    public async Task Errors_are_concise_and_not_among_the_output()
    {
        Ended ended = Unix(await ShellProcess.RunAsync("-Command", "'before'; Get-Nothing; Write-Error 'a reason'"));

        Assert.Equal("before\n", ended.Output);
        Assert.Contains("Get-Nothing: The term 'Get-Nothing' is not recognized", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("Write-Error: a reason", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', ended.Errors);
    }

    [Fact]
    public async Task Text_that_is_no_command_is_explained()
    {
        Ended ended = await ShellProcess.RunAsync("-Command", "if (");

        Assert.StartsWith("ParserError: Missing closing ')'", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_module_is_there_when_it_is_used()
    {
        Ended ended = Unix(await ShellProcess.RunAsync(
            "-Command", "(Get-Module).Count; (Get-Command Move-Guest).Source; (Get-Module).Name; [XenMigrate.Migration.MigrationMode]::Live"));

        Assert.Equal("0\nXenMigrate\nXenMigrate\nLive\n", ended.Output);
    }

    [Fact]
    public async Task The_usual_commands_are_there()
    {
        Ended ended = Unix(await ShellProcess.RunAsync(
            "-Command",
            """
            $things = @('b', 2), @('a', 1), @('c', 3) | ForEach-Object { [pscustomobject] @{ Name = $_[0]; Size = $_[1] } }
            $things | Sort-Object Name | Select-Object -First 2 | Format-Table Name, @{ Label = 'Twice'; Expression = { 2 * $_.Size } }
            $things | Select-Object -ExpandProperty Size -Last 1 | Write-Output
            Write-Host 'red' -ForegroundColor Red
            Write-Output 1 2
            cd /
            (pwd).Path.Length
            Write-Warning 'careful'
            """));

        Assert.Equal("\nName Twice\n---- -----\na        2\nb        4\n\n3\nred\n1\n2\n1\n", ended.Output);
        Assert.Equal("WARNING: careful\n", ended.Errors);
    }

    [Fact]
    public async Task Progress_is_told_to_the_error_stream_in_plain_lines()
    {
        Ended ended = Unix(await ShellProcess.RunAsync(
            "-Command", "Write-Progress 'Moving testvm1' 'Round 1' -PercentComplete 40; Write-Progress 'Moving testvm1' -Completed; 'moved'"));

        Assert.Equal(new Ended(0, "moved\n", "Moving testvm1: Round 1 (40 %)\n"), ended);
    }

    [Fact]
    public async Task Standard_input_holds_commands_line_by_line()
    {
        Ended ended = Unix(await ShellProcess.RunWithInputAsync("$x = 20\nif ($x) {\n  $x + 1\n}\nGet-Nothing\n'after'\n"));

        Assert.Equal((0, "21\nafter\n"), (ended.Code, ended.Output));
        Assert.Contains("Get-Nothing", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_in_standard_input_ends_it()
    {
        Ended ended = Unix(await ShellProcess.RunWithInputAsync("'one'\nexit 5\n'two'\n", "-Command", "-"));

        Assert.Equal(new Ended(5, "one\n", ""), ended);
    }

    [Fact]
    public async Task Help_says_what_it_lacks()
    {
        Ended ended = await ShellProcess.RunAsync("-Help");

        Assert.Equal(0, ended.Code);
        Assert.Contains("-File SCRIPT", ended.Output, StringComparison.Ordinal);
        Assert.Contains("What it lacks: the rest of Microsoft.PowerShell.Utility", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_names_all_three()
    {
        Ended ended = await ShellProcess.RunAsync("-Version");

        Assert.Matches(@"^XenMigrate [\d.]+ on PowerShell 7\.[\d.]+ and \.NET 10\.", ended.Output);
    }

    [Fact]
    public async Task An_option_that_means_nothing_is_refused()
    {
        Ended ended = await ShellProcess.RunAsync("-Nonsense");

        Assert.Equal((64, ""), (ended.Code, ended.Output));
        Assert.Contains("-Nonsense means nothing here", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_to_nobody_is_an_error()
    {
        Ended ended = await ShellProcess.RunAsync("-Command", "Read-Host 'Name'; 'after'");

        Assert.Contains("Nobody sits at this shell", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_command_and_lets_it_clean_up()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using ShellProcess shell = new("-Command", "try { 'ready'; Start-Sleep 100 } finally { [Console]::WriteLine('cleaned up') }");
        Assert.Equal("ready", await shell.Output.ReadLineAsync());

        Process.Start("kill", ["-INT", $"{shell.Id}"]).Dispose();

        Assert.Equal(new Ended(130, "cleaned up\n", ""), await shell.EndAsync());
    }

    private static Ended Unix(Ended ended) => ended with
    {
        Output = ended.Output.ReplaceLineEndings("\n"),
        Errors = ended.Errors.ReplaceLineEndings("\n"),
    };
}
