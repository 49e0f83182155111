using PairOfHosts = XenMigrate.Lab.Tests.Lab;

namespace XenMigrate.Benchmarks;

/// <summary>The module on the lab, against the same work done by hand with ssh and xl.</summary>
internal sealed class LabBenchmarks(int pairs)
{
    public IEnumerable<Figure> Run()
    {
        // Needs the lab (tests/lab/lab up). Five pairs take about fifteen minutes.
        if (PairOfHosts.ReasonToSkip is { } reason)
        {
            yield return Measured.Skipped("the module on the lab", reason);
            yield break;
        }

        using ModuleSession module = new();
        foreach (Figure figure in CheckEnvironment(module).Concat(CountExecutions(module)))
        {
            yield return figure;
        }

        yield return Move(module);
    }

    // The chapter's way: each command typed, each over an ssh of its own.
    private IEnumerable<Figure> CheckEnvironment(ModuleSession session)
    {
        string[] commands =
        [
            "brctl show", "xl list", "xl info", "df /var/lib/libvirt/images", "file /var/lib/libvirt/images/testvm1.img",
            "grep -v '^#' /etc/xen/xl.conf", "lsof -i :22",
        ];
        List<(double, double)> cold = [];
        List<(double, double)> warm = [];

        for (int pair = 0; pair < pairs; pair++)
        {
            double typed = Seconds(() =>
            {
                foreach (string host in new[] { PairOfHosts.Host07, PairOfHosts.Host08 })
                {
                    foreach (string command in commands)
                    {
                        PairOfHosts.RunOverNewConnection(host, command);
                    }
                }
            });
            _ = session.Run("Get-MigrationHost | Disconnect-MigrationHost");
            cold.Add((Seconds(() => Check(session)), typed));
            warm.Add((Seconds(() => Check(session)), typed));
        }

        const string Typed = "the chapter's commands, each over an ssh of its own";
        yield return Measured.Time("Test-MigrationEnvironment with new sessions", 0.25, Typed, cold);
        yield return Measured.Time("Test-MigrationEnvironment in open sessions", 0.25, Typed, warm);

        static void Check(ModuleSession session)
        {
            Outcome test = session.Run("Test-MigrationEnvironment et-virt08 et-virt07 -Quiet");
            Assert.True((bool)test.Single.BaseObject);
        }
    }

    private static IEnumerable<Figure> CountExecutions(ModuleSession session)
    {
        Outcome list = session.Run("Get-Guest -Verbose 4>&1");
        int executions = list.Output.Count(line => line.ToString()!.Contains("exit code", StringComparison.Ordinal));
        yield return Measured.Count("Get-Guest of 2 hosts", "remote executions", null, 4, executions);

        Outcome plan = session.Run("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -WhatIf -Verbose 4>&1");
        foreach (string host in new[] { PairOfHosts.Host08, PairOfHosts.Host07 })
        {
            int count = plan.Output.Count(line =>
                line.ToString()!.StartsWith(host + ":", StringComparison.Ordinal) && line.ToString()!.Contains("exit code", StringComparison.Ordinal));
            yield return Measured.Count($"Move-Guest -WhatIf, on {host}", "remote executions", null, 3, count);
        }
    }

    // One way there, the other way back; the next pair the other way round, since the hosts differ.
    private Figure Move(ModuleSession session)
    {
        List<(double, double)> moves = [];
        string at = PairOfHosts.Host08;

        for (int pair = 0; pair < pairs; pair++)
        {
            bool oursFirst = pair % 2 == 0;
            double first = oursFirst ? MoveOurs(session, ref at) : MoveTheirs(ref at);
            double second = oursFirst ? MoveTheirs(ref at) : MoveOurs(session, ref at);
            moves.Add(oursFirst ? (first, second) : (second, first));
        }

        return Measured.Time("Move-Guest -Live", 1.10, "xl migrate", moves);
    }

    private static double MoveOurs(ModuleSession session, ref string at)
    {
        string from = at;
        string to = Other(at);
        double seconds = Seconds(() =>
        {
            Outcome move = session.Run($"Move-Guest testvm1 -ComputerName {from} -Destination {to} -Live");
            Assert.Equal(MigrationOutcome.Succeeded, ((MigrationResult)move.Single.BaseObject).Outcome);
        });
        at = to;
        return seconds;
    }

    // Timed on the source, so that the ssh that types it does not count.
    private static double MoveTheirs(ref string at)
    {
        string to = Other(at);
        string output = PairOfHosts.Run(at, $"t=$(date +%s.%N); xl migrate testvm1 {to} >/dev/null 2>&1 || exit; echo $t $(date +%s.%N)");
        double[] times = [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        at = to;
        return times[1] - times[0];
    }

    private static string Other(string host) => host == PairOfHosts.Host08 ? PairOfHosts.Host07 : PairOfHosts.Host08;

    private static double Seconds(Action action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }
}
