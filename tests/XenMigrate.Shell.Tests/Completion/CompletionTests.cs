using System.Management.Automation.Runspaces;
using XenMigrate.Shell.Completion;
using XenMigrate.Shell.Editing;
using XenMigrate.Shell.Running;

namespace XenMigrate.Shell.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-completion-").FullName;

    public CompletionTests()
    {
        _ = Directory.CreateDirectory(Path.Combine(_folder, "images"));
        File.WriteAllText(Path.Combine(_folder, "image one.img"), "");
        File.WriteAllText(Path.Combine(_folder, ".hidden"), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Get-MigrationH", "Get-MigrationHost")]
    [InlineData("Move-Guest -Li", "-Live")]
    [InlineData("$HOM", "$HOME")]
    [InlineData("Format-Ta", "Format-Table")]
    public void Commands_parameters_and_variables_are_known(string text, string expected)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(StartState.Create());
        runspace.Open();

        Completions found = new SessionCompleter(runspace).Complete(text, text.Length);

        Assert.Contains(expected, found.Matches.Select(match => match.Text));
    }

    [Theory]
    [InlineData("ls im", "'image one.img'", "images")]
    [InlineData("ls './im", "'./image one.img'", "./images")]
    [InlineData("ls ", "'image one.img'", "images")]
    [InlineData("x | cat i", "'image one.img'", "images")]
    public void Files_and_folders_are_known(string text, string file, string folder)
    {
        Completions found = FileCompletion.Of(text, text.Length, _folder);

        Assert.Equal([file, folder + Path.DirectorySeparatorChar], found.Matches.Select(match => match.Text));
    }

    [Fact]
    public void Hidden_files_are_for_those_who_ask() =>
        Assert.Equal([".hidden"], FileCompletion.Of("ls .h", 5, _folder).Matches.Select(match => match.Text));

    [Fact]
    public void A_folder_that_is_not_there_has_nothing() => Assert.Empty(FileCompletion.Of("ls no/where", 11, _folder).Matches);
}
