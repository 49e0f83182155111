namespace XenMigrate.Tests;

/// <summary>Whatever becomes of what a host writes: no check gets better by it, and none passes on it.</summary>
public class BadInputTests
{
    // Of these, the exit code is all of the answer; what they write does not matter.
    private static readonly string[] s_silent = ["nc", "test"];

    // What there is at the destination the table tells; the details of nobody are no loss.
    private static readonly string[] s_details = ["xl list -l", "xm list --long"];

    private static readonly string s_virsh = LibvirtDomains.Always.ToString();

    // Without the answers of these nobody can say that a guest may move.
    private static readonly (ToolstackKind Toolstack, string Host, string Command)[] s_needed =
    [
        (ToolstackKind.Xl, "a", "xl info"), (ToolstackKind.Xl, "a", "xl list"), (ToolstackKind.Xl, "a", "xl list -l"), (ToolstackKind.Xl, "a", "ssh"),
        (ToolstackKind.Xl, "a", "stat -L"), (ToolstackKind.Xl, "a", "cat /proc/self/mountinfo"), (ToolstackKind.Xl, "a", "ip -o address show"),
        (ToolstackKind.Xl, "b", "xl info"), (ToolstackKind.Xl, "b", "xl list"), (ToolstackKind.Xl, "b", "ip -o link"), (ToolstackKind.Xl, "b", "stat -L"),
        (ToolstackKind.Xl, "b", "cat /proc/self/mountinfo"), (ToolstackKind.Xl, "b", "cat /proc/sys/kernel/random/boot_id"),
        (ToolstackKind.Xend, "a", "xm info"), (ToolstackKind.Xend, "a", "xm list"), (ToolstackKind.Xend, "a", "xm list --long"), (ToolstackKind.Xend, "a", "stat -L"),
        (ToolstackKind.Xend, "a", "cat /proc/self/mountinfo"),
        (ToolstackKind.Xend, "b", "xm info"), (ToolstackKind.Xend, "b", "xm list"), (ToolstackKind.Xend, "b", "brctl show"), (ToolstackKind.Xend, "b", "stat -L"),
        (ToolstackKind.Xend, "b", "cat /proc/self/mountinfo"), (ToolstackKind.Xend, "b", "cat /etc/xen/xend-config.sxp"),
        (ToolstackKind.Libvirt, "a", "xl info"), (ToolstackKind.Libvirt, "a", "xl list"), (ToolstackKind.Libvirt, "a", "ssh"),
        (ToolstackKind.Libvirt, "a", "getent"), (ToolstackKind.Libvirt, "a", s_virsh),
        (ToolstackKind.Libvirt, "b", "xl info"), (ToolstackKind.Libvirt, "b", "xl list"), (ToolstackKind.Libvirt, "b", s_virsh),
    ];

    private static readonly int s_turns = Depth.Of(onCI: 18, elsewhere: 90);

    private static readonly Garbling[] s_garblings = [.. Garbling.Destroying, .. Garbling.Adding];

    public static TheoryData<ToolstackKind> Kinds => [ToolstackKind.Xl, ToolstackKind.Xend, ToolstackKind.Libvirt];

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Kinds))]
    public async Task Each_pair_is_fit_but_for_its_one_fault(ToolstackKind toolstack)
    {
        Assert.DoesNotContain(await BrokenPair.Sound(toolstack).TestAsync(AsItIs), MigrationReport.Blocks);

        foreach (BrokenPair pair in BrokenPair.All.Where(pair => pair.Toolstack == toolstack))
        {
            IReadOnlyList<CheckResult> results = await pair.TestAsync(AsItIs);
            Assert.True(results.Any(result => result.Id == pair.Check && result.Status == CheckStatus.Failed), $"{pair}: {Told(results)}");
        }
    }

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Kinds))]
    public async Task Garbage_makes_no_broken_pair_ready(ToolstackKind toolstack)
    {
        int turn = 0;
        foreach (BrokenPair pair in BrokenPair.All.Where(pair => pair.Toolstack == toolstack))
        {
            foreach ((string host, RemoteCommand command, CommandResult _) in await pair.AnswersAsync())
            {
                // The answer that tells of the fault is spoilt in every way, each of the others in a few, by turns.
                turn++;
                foreach (Garbling garbling in s_garblings.Where((_, i) => pair.IsTold(host, command) || (turn + i) % s_turns == 0))
                {
                    await RequireNotReadyAsync(pair, host, command, garbling);
                }
            }
        }
    }

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Kinds))]
    public async Task Damage_anywhere_makes_no_broken_pair_ready_unless_it_takes_away_the_very_words(ToolstackKind toolstack) =>
        await Gen.Select(Gen.OneOf<BrokenPair>([.. BrokenPair.All.Where(pair => pair.Toolstack == toolstack)]), Gen.Double[0, 0.9999], Garbling.Any)
            .SampleAsync(async (pair, which, garbling) =>
            {
                IReadOnlyList<(string Host, RemoteCommand Command, CommandResult Result)> answers = await pair.AnswersAsync();
                (string host, RemoteCommand command, CommandResult result) = answers[(int)(which * answers.Count)];
                CommandResult damaged = garbling.Of(result);
                if (!pair.IsTold(host, command) || (damaged.Output + damaged.Error).Contains(pair.Words, StringComparison.Ordinal))
                {
                    await RequireNotReadyAsync(pair, host, command, garbling);
                }
            });

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Kinds))]
    public async Task Without_an_answer_that_is_needed_no_pair_is_ready(ToolstackKind toolstack)
    {
        BrokenPair pair = BrokenPair.Sound(toolstack);
        foreach ((ToolstackKind _, string neededHost, string needed) in s_needed.Where(needed => needed.Toolstack == toolstack))
        {
            BrokenPair about = pair with { Host = neededHost, Command = needed };
            int asked = 0;
            foreach (Garbling garbling in Garbling.Destroying)
            {
                await RequireNotReadyAsync(
                    pair, garbling, (host, command) => about.IsTold(host, command) && ++asked > 0, $"{neededHost}: {needed}");
            }

            Assert.True(asked > 0, $"{neededHost} was not asked: {needed}");
        }
    }

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Kinds))]
    public async Task No_check_passes_on_garbage(ToolstackKind toolstack)
    {
        BrokenPair pair = BrokenPair.Sound(toolstack);
        foreach ((string host, RemoteCommand command, CommandResult _) in (await pair.AnswersAsync())
            .Where(answer => answer.Result.Succeeded
                && !s_silent.Contains(answer.Command.Words[0])
                // What xl keeps of a guest of libvirt's, libvirt tells too.
                && !((answer.Host == "b" || toolstack == ToolstackKind.Libvirt) && s_details.Contains(answer.Command.ToString()))))
        {
            foreach (Garbling garbling in Garbling.Destroying)
            {
                IReadOnlyList<CheckResult> results = await TestAsync(pair, garbling, (h, c) => h == host && Same(c, command));

                Assert.True(
                    !results.Any(result => result.Status == CheckStatus.Passed && RestsOn(result, host, command)),
                    $"{host}: {command}, {garbling}: {Told(results.Where(result => RestsOn(result, host, command)))}");
            }
        }
    }

    private static Task RequireNotReadyAsync(BrokenPair pair, string host, RemoteCommand command, Garbling garbling) =>
        RequireNotReadyAsync(pair, garbling, (h, c) => h == host && Same(c, command), $"{host}: {command}");

    private static async Task RequireNotReadyAsync(
        BrokenPair pair, Garbling garbling, Func<string, RemoteCommand, bool> isGarbled, string what)
    {
        IReadOnlyList<CheckResult> results = await TestAsync(pair, garbling, isGarbled);

        Assert.True(results.Any(MigrationReport.Blocks), $"{pair}; {what}, {garbling}: {Told(results)}");
    }

    private static async Task<IReadOnlyList<CheckResult>> TestAsync(
        BrokenPair pair, Garbling garbling, Func<string, RemoteCommand, bool> isGarbled)
    {
        try
        {
            return await pair.TestAsync((host, command, result) => isGarbled(host, command) ? garbling.Of(result) : result);
        }
        catch (GuestNotFoundException)
        {
            // The source has no such guest, as far as it can be understood: nothing is moved.
            return [Gone];
        }
    }

    private static CheckResult Gone { get; } = new()
    {
        Id = "", Name = "", Source = "a", Destination = "b", Message = "", Severity = CheckSeverity.Error, Status = CheckStatus.Failed,
    };

    private static bool RestsOn(CheckResult result, string host, RemoteCommand command) =>
        result.Evidence is { } evidence
        && evidence.ComputerName == host
        && evidence.Command.Split("; ").Contains(command.ToString());

    private static bool Same(RemoteCommand one, RemoteCommand other) => one.Words.SequenceEqual(other.Words);

    private static CommandResult AsItIs(string host, RemoteCommand command, CommandResult result) => result;

    private static string Told(IEnumerable<CheckResult> results) =>
        string.Join("\n", results.Where(result => result.Status is not CheckStatus.Skipped).Select(result => result.ToString()));
}
