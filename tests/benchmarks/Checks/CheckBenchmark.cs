using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace XenMigrate.Benchmarks;

/// <summary>Test-MigrationEnvironment over forty hosts in one pipeline, against the same over the slowest of them alone.</summary>
internal sealed class CheckBenchmark
{
    private const int Hosts = 40;
    private const int Runs = 3;
    private const int MostExecutions = 3;
    private const double Goal = 1.5;

    // A host that answers at once, and all speeds down to one that takes a second for each command of xl.
    private static TimeSpan Delay(int index) => TimeSpan.FromMilliseconds(100 + (900.0 * index / Hosts));

    public static IEnumerable<Figure> Run()
    {
        // The last is the slowest; the first is the source.
        using SshHosts fleet = SshHosts.StartAsync(Hosts + 1, Delay).GetAwaiter().GetResult();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"load {File.ReadAllText("/proc/loadavg").Trim()}, {Hosts} hosts, xl takes {Delay(1).TotalSeconds:0.00} to {Delay(Hosts).TotalSeconds:0.00} s"));

        using Runspace runspace = Open();
        string all = $"1..{Hosts} | ForEach-Object {{ 'xen' + $_ }} | Test-MigrationEnvironment {SshHosts.Name(0)}";
        string slowest = $"Test-MigrationEnvironment {SshHosts.Name(0)} {SshHosts.Name(Hosts)}";
        string connect = $"$null = Connect-MigrationHost @(0..{Hosts} | ForEach-Object {{ 'xen' + $_ }}) -ConfigurationPath '{fleet.Configuration}'";
        string connectTwo = $"$null = Connect-MigrationHost {SshHosts.Name(0)}, {SshHosts.Name(Hosts)} -ConfigurationPath '{fleet.Configuration}'";
        const string Disconnect = "Get-MigrationHost | Disconnect-MigrationHost";

        List<(double, double)> cold = [];
        List<(double, double)> warm = [];
        List<double> most = [];
        // What is compiled at its first use is nobody's.
        _ = Invoke(runspace, $"{connectTwo}; {slowest} -Verbose 4>&1; {Disconnect}");
        for (int run = 0; run < Runs; run++)
        {
            double twoCold = Seconds(() => Invoke(runspace, $"{connectTwo}; {slowest}"));
            double twoWarm = Seconds(() => Invoke(runspace, slowest));
            _ = Invoke(runspace, Disconnect);
            double allCold = Seconds(() => Invoke(runspace, $"{connect}; {all}"));
            double allWarm = Seconds(() => Invoke(runspace, all));
            cold.Add((allCold, twoCold));
            warm.Add((allWarm, twoWarm));
            most.Add(Count(Invoke(runspace, $"{all} -Verbose 4>&1")));
            _ = Invoke(runspace, Disconnect);
        }

        yield return Measured.Time("sessions and checks of 40 hosts", Goal, "those of the slowest alone", cold);
        yield return Measured.Time("checks of 40 hosts in open sessions", Goal, "those of the slowest alone", warm);
        yield return Measured.Count("most remote executions on one of them", "", null, MostExecutions, most);
    }

    private static Runspace Open()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(StagedModule.Manifest);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    private static IReadOnlyList<PSObject> Invoke(Runspace runspace, string script)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        IReadOnlyList<PSObject> output = shell.AddScript(script).Invoke();
        Assert.Empty(shell.Streams.Error);
        return output;
    }

    // "xen3: xl info; xl list (exit code 0, 0, 812 ms)"
    private static int Count(IReadOnlyList<PSObject> output) => output
        .Select(line => line.ToString())
        .Where(line => line.Contains("(exit code", StringComparison.Ordinal))
        .GroupBy(line => line[..line.IndexOf(':', StringComparison.Ordinal)])
        .Max(host => host.Count());

    private static double Seconds(Action action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }
}
