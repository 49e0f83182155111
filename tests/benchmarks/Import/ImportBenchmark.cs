namespace XenMigrate.Benchmarks;

/// <summary>
/// What a user waits for before the first answer: Import-Module, and the first Get-Guest after it, each in new PowerShells,
/// against importing Microsoft.PowerShell.Archive, a script module of Microsoft's of modest size.
/// </summary>
internal static class ImportBenchmark
{
    private const int Pairs = 10;

    public static IEnumerable<Figure> Run()
    {
        // The goals in seconds, 0.25 and 0.1, hold where the other import takes the 0.2 s of an idle machine.
        List<(double, double)> import = [];
        List<(double, double)> first = [];
        for (int pair = 0; pair < Pairs; pair++)
        {
            double theirs = Seconds("Microsoft.PowerShell.Archive", "{ }").Import;
            (double ours, double got) = Seconds(StagedModule.Manifest, "{ $null = Get-Guest }");
            import.Add((ours, theirs));
            first.Add((got, theirs));
        }

        const string Archive = "Import-Module Microsoft.PowerShell.Archive";
        yield return Measured.Time("Import-Module XenMigrate", 1.25, Archive, import);
        yield return Measured.Time("the first Get-Guest", 0.5, Archive, first);
    }

    private static (double Import, double First) Seconds(string module, string first)
    {
        string connect = module == StagedModule.Manifest ? "$null = Connect-MigrationHost -Embedded" : string.Empty;
        ProcessStartInfo start = RealPowerShell.Command(
            $"$import = Measure-Command {{ Import-Module '{module}' }}; {connect}; $first = Measure-Command {first}; "
            + "[string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $import.TotalSeconds, $first.TotalSeconds)");
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double[] seconds = [.. said.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return (seconds[0], seconds[1]);
    }
}
