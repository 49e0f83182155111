using PairOfHosts = XenMigrate.Lab.Tests.Lab;

namespace XenMigrate.Benchmarks;

/// <summary>The module on the lab, against the same work done by hand with ssh and xl.</summary>
internal sealed class LabBenchmarks(int pairs)
{
    public int Run()
    {
        // Needs the lab (tests/lab/lab up). Five pairs take about fifteen minutes.
        if (PairOfHosts.ReasonToSkip is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        using ModuleSession module = new();
        Console.WriteLine($"load {File.ReadAllText("/proc/loadavg").Trim()}, {pairs} pairs");
        CheckEnvironment(module);
        CountExecutions(module);
        Move(module);
        return 0;
    }

    // The chapter's way: each command typed, each over an ssh of its own.
    private void CheckEnvironment(ModuleSession session)
    {
        string[] commands =
        [
            "brctl show", "xl list", "xl info", "df /var/lib/libvirt/images", "file /var/lib/libvirt/images/testvm1.img",
            "grep -v '^#' /etc/xen/xl.conf", "lsof -i :22",
        ];
        Ratio cold = new("Test-MigrationEnvironment with new sessions / the chapter's commands", 0.25);
        Ratio warm = new("Test-MigrationEnvironment in open sessions / the chapter's commands", 0.25);

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
            cold.Add(Seconds(() => Check(session)), typed);
            warm.Add(Seconds(() => Check(session)), typed);
        }

        cold.Print();
        warm.Print();

        static void Check(ModuleSession session)
        {
            Outcome test = session.Run("Test-MigrationEnvironment et-virt08 et-virt07 -Quiet");
            Assert.True((bool)test.Single.BaseObject);
        }
    }

    private static void CountExecutions(ModuleSession session)
    {
        Outcome list = session.Run("Get-Guest -Verbose 4>&1");
        int executions = list.Output.Count(line => line.ToString()!.Contains("exit code", StringComparison.Ordinal));
        int hosts = list.Output.Select(line => line.BaseObject).OfType<Guest>().Select(guest => guest.ComputerName).Distinct().Count();
        Console.WriteLine($"Get-Guest: {executions} remote executions for 2 connected hosts ({hosts} with guests), goal at most 2 a host");

        Outcome plan = session.Run("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -WhatIf -Verbose 4>&1");
        foreach (string host in new[] { PairOfHosts.Host08, PairOfHosts.Host07 })
        {
            int count = plan.Output.Count(line =>
                line.ToString()!.StartsWith(host + ":", StringComparison.Ordinal) && line.ToString()!.Contains("exit code", StringComparison.Ordinal));
            Console.WriteLine($"Move-Guest -WhatIf: {count} remote executions on {host}, goal at most 3");
        }
    }

    // One way there, the other way back; the next pair the other way round, since the hosts differ.
    private void Move(ModuleSession session)
    {
        Ratio moves = new("Move-Guest -Live / xl migrate", 1.10);
        string at = PairOfHosts.Host08;

        for (int pair = 0; pair < pairs; pair++)
        {
            bool oursFirst = pair % 2 == 0;
            double first = oursFirst ? MoveOurs(session, ref at) : MoveTheirs(ref at);
            double second = oursFirst ? MoveTheirs(ref at) : MoveOurs(session, ref at);
            moves.Add(oursFirst ? first : second, oursFirst ? second : first);
        }

        moves.Print();
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
