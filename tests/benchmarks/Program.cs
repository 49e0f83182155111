// Without arguments: the embedded table, which needs nothing but this machine. With "lab": what needs tests/lab/lab up,
// five pairs of it in about fifteen minutes; "helper": our save helper there against stock xl. With "fleet": a thousand hosts that are only counted.
// With "checks": the checks of forty hosts that are ports of sshds on this machine.
// With "chaos": embedded hosts between which things go wrong, 500 runs in some minutes. With "bulk": 40 guests over one
// slow link. With "import": how long loading the module takes, and the first Get-Guest.
// With "stop": how long many moves out of one host take to stop.
// With "simulate": seeds of the simulation, 200 000 of them in some minutes.
return args switch
{
    ["lab"] => new LabBenchmarks(5).Run(),
    ["lab", string pairs] => new LabBenchmarks(int.Parse(pairs, CultureInfo.InvariantCulture)).Run(),
    ["helper"] => new HelperBenchmarks(5).Run(),
    ["helper", string pairs] => new HelperBenchmarks(int.Parse(pairs, CultureInfo.InvariantCulture)).Run(),
    ["fleet"] => FleetBenchmarks.Run(),
    ["checks"] => CheckBenchmark.Run(),
    ["chaos"] => ChaosBenchmark.Run(500),
    ["chaos", string runs] => ChaosBenchmark.Run(int.Parse(runs, CultureInfo.InvariantCulture)),
    ["chaos", string runs, string first] => ChaosBenchmark.Run(
        int.Parse(runs, CultureInfo.InvariantCulture), int.Parse(first, CultureInfo.InvariantCulture)),
    ["import"] => ImportBenchmark.Run(),
    ["stop"] => StopBenchmark.Run(),
    ["bulk"] => BulkBenchmarks.Run(),
    ["simulate"] => SimulationBenchmark.Run(200_000),
    ["simulate", string seeds] => SimulationBenchmark.Run(int.Parse(seeds, CultureInfo.InvariantCulture)),
    ["simulate", string seeds, string first] => SimulationBenchmark.Run(
        int.Parse(seeds, CultureInfo.InvariantCulture), int.Parse(first, CultureInfo.InvariantCulture)),
    [ReceiverProcess.Argument] => Receiver.Run(),
    [] => EmbeddedTable.Run(evaluate: false),
    ["--goals"] => EmbeddedTable.Run(evaluate: true),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/benchmarks [-- --goals | -- lab [pairs] | -- helper [pairs] | -- fleet | -- checks | -- chaos [runs [first seed]] | -- bulk | -- import | -- stop | -- simulate [seeds [first seed]]]");
    return 2;
}
