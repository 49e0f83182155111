namespace XenMigrate.Tests;

/// <summary>
/// How many programs a look at a host starts, which is most of what it costs where a process takes its time. The programs are
/// stand-ins that count themselves, so a number here only rises on purpose.
/// </summary>
public class ProcessesTests
{
    // What a host with xl has.
    private static readonly string[] s_programs =
    [
        "cat", "ls", "grep", "stat", "readlink", "date", "uname", "id", "sed", "tr", "blockdev", "lsblk", "dmsetup", "ip", "brctl",
        "exportfs", "chronyc", "pidof", "pgrep", "ntpstat", "ntpq", "timedatectl", "systemctl", "xl", "xenstore-ls", "xen-cpuid", "sh",
    ];

    private static readonly Guest s_guest = Facts.Guest with { Id = 5 };

    [PosixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_first_look_at_a_host_starts_no_more_programs_than_it_has_to(bool isSource) => Assert.Equal(
        Sorted(
            "date", "chronyc", "xl", "xl", "xl", "ip", "ip", "grep", "grep", "exportfs", "stat", "readlink", "cat", "cat", "date",
            "grep", "uname", "xen-cpuid", "xen-cpuid",
            isSource ? "xenstore-ls xen-cpuid" : ""),
        await StartedAsync(isSource, kept: null));

    [PosixFact]
    public async Task What_lasts_until_a_boot_is_not_asked_again()
    {
        KeptResults kept = new();
        kept.Keep("this boot", TimeSpan.Zero, new Dictionary<string, IReadOnlyList<CommandResult>>
        {
            [string.Join("; ", Processor.Question("a").Commands)] = [],
            [string.Join("; ", SystemRelease.Question("a").Commands)] = [],
            [string.Join("; ", CpuPolicies.Question("a").Commands)] = [],
        });

        Assert.Equal(
            Sorted("date", "chronyc", "xl", "xl", "xl", "ip", "ip", "grep", "grep", "exportfs", "stat", "readlink", "cat", "cat", "date"),
            await StartedAsync(isSource: false, kept.Look(TimeSpan.FromMinutes(59))));
        Assert.Null(kept.Look(TimeSpan.FromMinutes(61)).Boot);
    }

    private static string Sorted(params string[] names) =>
        string.Join(' ', names.SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal));

    private static async Task<string> StartedAsync(bool isSource, KeptView? kept)
    {
        using TemporaryFolder folder = new();
        foreach (string program in s_programs)
        {
            _ = folder.WriteScript(
                program, $"echo {program} >> {folder.Path}/started; [ {program} != chronyc ] || echo 'Leap status : Normal'; [ {program} != sh ] || exec /bin/sh \"$@\"");
        }

        RecordedSurvey shell = new();
        Survey survey = new(shell, kept);
        ClockSurvey clock = new(survey, "a", () => FakeTiming.Start);
        _ = HostFacts.Ask(survey, "a", new XlToolstack(shell, Timing.Real), clock, Wanted.By([s_guest]), isSource ? [5] : []);
        await clock.RunAsync(CancellationToken.None);
        _ = await LocalShell.RunAsync(shell.Command!, folder.Path);
        // The first one is what all of it runs in.
        return Sorted([.. (await File.ReadAllLinesAsync($"{folder.Path}/started")).Skip(1)]);
    }

    private sealed class RecordedSurvey : IHostShell
    {
        public RemoteCommand? Command { get; private set; }

        public HostEndpoint Endpoint { get; } = new("a", "a", 22, "root", null, null);

        public bool IsConnected => true;

        public Task<CommandResult> RunAsync(RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
            IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken)
        {
            Command = new CommandBatches(batches, CommandBatches.NewBoundary()).Command;
            return Task.FromResult<IReadOnlyList<IReadOnlyList<CommandResult>>>([.. batches.Select(batch => batch.Select(_ => new CommandResult(0, "", "")).ToArray())]);
        }

        public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
