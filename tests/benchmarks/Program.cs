using System.Globalization;
using XenMigrate.Benchmarks;

// Without arguments: the embedded table, which needs nothing but this machine. With "lab": what needs tests/lab/lab up,
// five pairs of it in about fifteen minutes. With "fleet": a thousand hosts that are only counted.
// With "checks": the checks of forty hosts that are ports of sshds on this machine.
return args switch
{
    ["lab"] => new LabBenchmarks(5).Run(),
    ["lab", string pairs] => new LabBenchmarks(int.Parse(pairs, CultureInfo.InvariantCulture)).Run(),
    ["fleet"] => FleetBenchmarks.Run(),
    ["checks"] => CheckBenchmark.Run(),
    [ReceiverProcess.Argument] => Receiver.Run(),
    [] => EmbeddedTable.Run(judge: false),
    ["--goals"] => EmbeddedTable.Run(judge: true),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/benchmarks [-- --goals | -- lab [pairs] | -- fleet | -- checks]");
    return 2;
}
