namespace XenMigrate.Tests;

public class HostCorpusTests
{
    private static readonly CommandResult s_missing = new(127, "", "sh: not found");

    private static readonly string[] s_clocks = ["chronyc", "ntpstat", "ntpq", "timedatectl"];

    /// <summary>Inputs: chronyc -n tracking, ntpstat, ntpq -c rv, or timedatectl of the destination.</summary>
    [Theory, Corpus("clock")]
    public void A_clock_is_kept_right_as_its_daemon_says(CorpusCase given)
    {
        TimeSynchronisation kept = TimeSynchronisation.Question("b").Read(
            [.. s_clocks.Select(tool => given.InputOrNull(tool) is { } said ? new CommandResult(ExitCode(said), said, "") : s_missing)]);
        PairFacts pair = Facts.AtDestination(host => host with { Machine = host.Machine with { Synchronisation = Facts.Known("b", kept) } });

        given.Answers(question => Judgement.Of(question, pair));
    }

    /// <summary>ntpstat alone tells by its exit code too.</summary>
    private static int ExitCode(string said) => said.StartsWith("unsynchronised", StringComparison.Ordinal) ? 1 : 0;

    /// <summary>Inputs: exportfs -v, or /etc/exports (file), of the server of a disk that 10.77.0.8 has mounted.</summary>
    [Theory, Corpus("exports")]
    public void A_disk_is_exported_as_the_server_says(CorpusCase given)
    {
        IReadOnlyList<NfsExport> exports = NfsExports.Question("a").Read(
        [
            given.InputOrNull("exportfs") is { } inForce ? new CommandResult(0, inForce, "") : s_missing,
            given.InputOrNull("file") is { } file ? new CommandResult(0, file, "") : s_missing,
        ]);
        PairFacts pair = Facts.AtSource(host => host with { Storage = host.Storage with { Exports = Facts.Known("a", exports) } });

        given.Answers(question => Judgement.Of(question, pair));
    }

    /// <summary>Inputs: xl info and xl.conf (conf) of a destination whose Domain-0 has 15900 MiB.</summary>
    [Theory, Corpus("memory")]
    public void A_guest_of_128_MiB_fits_as_the_host_says(CorpusCase given)
    {
        Guest control = new() { Name = "Domain-0", Id = 0, MemoryMB = 15900 };
        PairFacts pair = Facts.AtDestination(host => host with
        {
            Xen = Facts.Known("b", XlInfo.Parse(given.InputOf("info"))),
            AutoBallooning = Facts.Known("b", AutoBallooning.Parse(given.InputOrNull("conf") ?? "")),
            Guests = Facts.Known<IReadOnlyList<Guest>>("b", [control]),
        });

        given.Answers(question => Judgement.Of(question, pair, Facts.Guest with { MemoryMB = 128, MaximumMemoryMB = 128 }));
    }
}
