// dotnet run -c Release --project tests/benchmarks -- [NAME [NUMBER...]]... [--goals] [--compare BEFORE.json]
// dotnet run -c Release --project tests/benchmarks -- compare BEFORE.json [AFTER.json]
Dictionary<string, Func<int[], IEnumerable<Figure>>> benchmarks = new()
{
    // What needs nothing but this machine.
    ["embedded"] = _ => EmbeddedBenchmark.Run(),
    // A thousand hosts that are only counted.
    ["plan"] = _ => PlanBenchmark.Run(),
    // Random fleets from one placement to another.
    ["sequence"] = _ => SequenceBenchmark.Run(),
    // 40 guests over one slow link.
    ["bulk"] = _ => BulkBenchmarks.Run(),
    // How long loading the module takes, and the first Get-Guest.
    ["import"] = _ => ImportBenchmark.Run(),
    // Hosts that are ports of sshds on this machine: the checks of forty, and how long many moves out of one take to stop.
    ["checks"] = _ => CheckBenchmark.Run(),
    ["stop"] = _ => StopBenchmark.Run(),
    // Runs in which things go wrong, and the first seed: embedded hosts in some minutes, the simulation in some more.
    ["chaos"] = numbers => ChaosBenchmark.Run(numbers.ElementAtOrDefault(0, 500), numbers.ElementAtOrDefault(1, 1)),
    ["simulate"] = numbers => SimulationBenchmark.Run(numbers.ElementAtOrDefault(0, 200_000), numbers.ElementAtOrDefault(1, 1)),
    // What needs tests/lab/lab up, and how many pairs: five of the first take fifteen minutes, of our save helper half an hour.
    ["lab"] = numbers => new LabBenchmarks(numbers.ElementAtOrDefault(0, 5)).Run(),
    ["helper"] = numbers => new HelperBenchmarks(numbers.ElementAtOrDefault(0, 5)).Run(),
    // What is told of moves beforehand, on tests/lab/lab up --amd: half an hour for each type of guest (1 PV, 2 HVM, 3 PVH).
    ["accuracy"] = numbers => new AccuracyBenchmarks([.. numbers.DefaultIfEmpty(1).Select(number => (XenMigrate.GuestType)number)]).Run(),
};

switch (args)
{
    case [ReceiverProcess.Argument]:
        return Receiver.Run();
    case ["compare", string before]:
        return BenchmarkRun.Compare(before, after: null);
    case ["compare", string before, string after]:
        return BenchmarkRun.Compare(before, after);
}

if (BenchmarkArguments.Parse(args, [.. benchmarks.Keys]) is not { } wanted)
{
    Console.Error.WriteLine($"Give some of {string.Join(", ", benchmarks.Keys)}, each with its numbers if any; and --goals, --compare BEFORE.json. Or: compare BEFORE.json [AFTER.json].");
    return 2;
}

BenchmarkRun run = new();
foreach ((string name, int[] numbers) in wanted.Benchmarks)
{
    run.Add(name, benchmarks[name](numbers));
}

return run.End(wanted.Before, wanted.Evaluates);
