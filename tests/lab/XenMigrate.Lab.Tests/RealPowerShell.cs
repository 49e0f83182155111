namespace XenMigrate.Lab.Tests;

/// <summary>
/// The PowerShell that .config/dotnet-tools.json names, as one process: <c>dotnet pwsh</c> would be three, of which a test
/// could only kill the first.
/// </summary>
internal static class RealPowerShell
{
    private static readonly string s_program = StagedModule.Metadata("PowerShell");

    public static ProcessStartInfo Command(string script)
    {
        Assert.True(File.Exists(s_program), $"There is no {s_program}: dotnet tool restore brings it.");
        return new ProcessStartInfo("dotnet", ["exec", s_program, "-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
