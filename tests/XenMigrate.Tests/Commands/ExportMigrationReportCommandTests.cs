namespace XenMigrate.Tests.Commands;

public sealed class ExportMigrationReportCommandTests : IDisposable
{
    private const string Move =
        "(Made XenMigrate.MigrationResult @{ Name = 'web'; Source = 'xen1'; Destination = 'xen2'; Outcome = 'Succeeded'; ComputerName = 'xen2' })";

    private const string Check =
        "(Made XenMigrate.CheckResult @{ Id = 'XM-NET-01'; Name = 'Bridges'; Status = 'Failed'; Severity = 'Error'; Source = 'xen1'; Destination = 'xen2'; Message = 'none'; Remediation = 'Make it.' })";

    private readonly TestRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    [Theory]
    [InlineData("r.html", "", "<!DOCTYPE html>")]
    [InlineData("r.HTM", "", "<!DOCTYPE html>")]
    [InlineData("r.json", "", "{\n  \"format\": \"xenmigrate-report\"")]
    [InlineData("r.txt", "-Format Json", "{\n  \"format\": \"xenmigrate-report\"")]
    [InlineData("r.xml", "", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites")]
    [InlineData("r.json", "-Format Html", "<!DOCTYPE html>")]
    public void The_format_is_given_or_follows_from_the_name(string name, string parameters, string start)
    {
        Written written = Export(Move, name, parameters);

        Assert.Empty(written.Errors);
        Assert.Empty(written.Output);
        Assert.StartsWith(start, Read(name));
    }

    [Fact]
    public void A_name_that_tells_no_format_is_an_error()
    {
        Assert.Contains("-Format", Assert.Single(Export(Move, "r.txt").Errors).ToString());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Moves_and_checks_go_into_one_report()
    {
        _ = Export($"{Move}, {Check}, {Move}", "r.html");

        string html = Read("r.html");
        Assert.Contains("2 moves", html);
        Assert.Contains("Make it.", html);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_by_force_only()
    {
        File.WriteAllText(Path.Combine(_folder, "r.html"), "mine");

        Assert.Equal(["ReportNotWritten"], Export(Move, "r.html").ErrorIds);
        Assert.Equal("mine", Read("r.html"));

        Assert.Empty(Export(Move, "r.html", "-Force").Errors);
        Assert.NotEqual("mine", Read("r.html"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_with_advice()
    {
        ErrorRecord error = Assert.Single(Export(Move, "nowhere/r.html").Errors);

        Assert.Equal(ErrorCategory.WriteError, error.CategoryInfo.Category);
        Assert.Contains("folder", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_file_is_returned_on_request() =>
        Assert.Equal("r.json", Assert.IsType<FileInfo>(Assert.Single(Export(Move, "r.json", "-PassThru").Output)).Name);

    [Fact]
    public void What_if_writes_nothing()
    {
        Assert.Empty(Export(Move, "r.json", "-WhatIf -PassThru").Output);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_relative_path_is_PowerShells_and_not_the_processs()
    {
        _ = _runspace.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}'); {Move} | Export-MigrationReport here.json");

        Assert.Equal(["here.json"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_path_that_is_no_file_is_an_error() =>
        Assert.Contains("has to be written to a file", Assert.Single(_runspace.Run($"{Move} | Export-MigrationReport env:report.html").Errors).ToString());

    [Fact]
    public void What_is_no_result_is_an_error() =>
        Assert.Equal("InputObjectNotBound", Assert.Single(Export("'text'", "r.json").ErrorIds));

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Written Export(string input, string name, string parameters = "") =>
        _runspace.Run($"{input} | Export-MigrationReport '{Path.Combine(_folder, name)}' {parameters}");

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
