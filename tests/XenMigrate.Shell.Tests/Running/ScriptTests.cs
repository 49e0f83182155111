using System.Management.Automation.Language;

namespace XenMigrate.Shell.Tests.Running;

public sealed class ScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-script-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_script_gets_its_arguments_and_knows_its_folder()
    {
        string path = Script(
            """
            param([ValidateSet('Build', 'Test')] [string] $Task = 'Build', [int] $Count, [switch] $Fast, [switch] $Slow)
            "$Task $Count $Fast $Slow"
            $PSScriptRoot
            """);

        Ended ended = await ShellProcess.RunAsync("-File", path, "Test", "-Count", "3", "-Fast", "-Slow:$false");

        Assert.Equal(["Test 3 True False", _folder], Lines(ended.Output));
    }

    [Fact]
    public async Task A_value_that_is_not_in_the_set_is_an_error()
    {
        Ended ended = await ShellProcess.RunAsync("-File", Script("param([ValidateSet('Build', 'Test')] [string] $Task)"), "Nonsense");

        Assert.Equal(1, ended.Code);
        Assert.Contains("Nonsense", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("Build,Test", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_programs_run_and_tell_their_exit_code()
    {
        string path = Script(
            """
            $ErrorActionPreference = 'Stop'
            function Invoke-DotNet { & dotnet $args; if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." } }
            Invoke-DotNet --list-sdks
            $LASTEXITCODE
            Invoke-DotNet exec nothing-there.dll
            'never'
            """);

        Ended ended = await ShellProcess.RunAsync("-File", path);

        Assert.Equal(1, ended.Code);
        Assert.Equal("0", Lines(ended.Output)[^1]);
        Assert.Contains("dotnet exec nothing-there.dll ended with exit code", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 9", 9)]
    [InlineData("exit", 0)]
    [InlineData("& { exit 4 }", 4)]
    [InlineData("throw 'no'", 1)]
    [InlineData("'fine'", 0)]
    [InlineData("if (", 1)]
    public async Task Its_exit_code_is_the_scripts(string text, int code)
    {
        Ended ended = await ShellProcess.RunAsync("-File", Script(text));

        Assert.Equal(code, ended.Code);
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_named()
    {
        Ended ended = await ShellProcess.RunAsync("-File", "nothing-there.ps1");

        Assert.Equal(64, ended.Code);
        Assert.Contains("nothing-there.ps1", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_build_script_runs_here()
    {
        Ended ended = await ShellProcess.RunAsync("-File", Path.Combine(ShellProcess.RepositoryRoot, "build.ps1"), "Nonsense");

        Assert.Equal(1, ended.Code);
        Assert.Contains("Build,Test,Lab,Package", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_script_can_be_parsed()
    {
        string[] scripts =
        [
            Path.Combine(ShellProcess.RepositoryRoot, "build.ps1"),
            .. Directory.GetFiles(Path.Combine(ShellProcess.RepositoryRoot, "module", "examples"), "*.ps1"),
        ];

        Assert.All(scripts, path =>
        {
            _ = Parser.ParseFile(path, out _, out ParseError[] errors);
            Assert.Empty(errors);
        });
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private string Script(string text)
    {
        string path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
