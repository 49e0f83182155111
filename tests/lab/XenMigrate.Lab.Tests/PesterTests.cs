namespace XenMigrate.Lab.Tests;

/// <summary>The Pester suites that take hosts of any kind, on the lab's, in real PowerShell.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class PesterTests
{
    // A guest moves there and back, and what must not move it does not.
    [LabFact]
    public void The_suite_that_moves_guests_passes() => Run("Move");

    // The suite that ships gives each check's result, by both Pesters. On request: it compares two looks at hosts whose clocks and
    // memory change between them.
    [LongLabFact]
    public void The_suite_that_checks_the_environment_passes() => Run("Checks");

    private static void Run(string suite)
    {
        Lab.Ready(fresh: false);
        string pester = Path.Combine(StagedModule.Metadata("RepositoryRoot"), "tests", "pester");
        ProcessStartInfo start = RealPowerShell.Command($"& '{pester}/run.ps1' -Path '{pester}/{suite}.Tests.ps1'; exit $LASTEXITCODE");
        start.Environment["XENMIGRATE_TEST_HOSTS"] = "lab";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output + errors.Result);
        Assert.Contains(" 0 failed", output);
    }
}
