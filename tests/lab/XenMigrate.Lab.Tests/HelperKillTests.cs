namespace XenMigrate.Lab.Tests;

/// <summary>
/// What carries a guest's memory is ended at a random moment of the live rounds, or of the last pass: everything that can
/// be, in turn, and then the guest moves. XENMIGRATE_LAB_TIMES says how often; each of them takes a minute.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HelperKillTests(ITestOutputHelper output)
{
    private const string Helper = "xenmigrate-save-helper --save-domain";
    private static readonly LabGuest s_guest = LabGuest.Busy;

    private static readonly int s_times = int.Parse(
        Environment.GetEnvironmentVariable("XENMIGRATE_LAB_TIMES") ?? "1", CultureInfo.InvariantCulture);

    // One by one, or those that XENMIGRATE_LAB_VICTIMS names.
    private static readonly Victim[] s_victims =
        Environment.GetEnvironmentVariable("XENMIGRATE_LAB_VICTIMS") is { Length: > 0 } names
            ? [.. names.Split(',').Select(Enum.Parse<Victim>)]
            : Enum.GetValues<Victim>();

    private enum Victim
    {
        Transport,
        HelperTerminated,
        HelperKilled,
        Destination,
        Client,
    }

    [LongLabTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_dies_one_copy_runs_unlogged_and_moves_again(bool inLastPass)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using ModuleSession module = new();
        s_guest.Start();
        Install(module);
        string place = Lab.Host08;
        for (int time = 0; time < s_times; time++)
        {
            foreach (Victim victim in s_victims)
            {
                place = MoveAndKill(module, place, victim, inLastPass, random);
            }

            place = MoveAgain(module, place);
        }
    }

    private static void Install(ModuleSession module) =>
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);

    /// <summary>Moves the guest from a host, and ends what carries it.</summary>
    /// <returns>Where it is then.</returns>
    private string MoveAndKill(ModuleSession module, string from, Victim victim, bool inLastPass, Random random)
    {
        long beat = Lab.WaitForHeartbeat(from, s_guest.Name, 0);
        int percent = random.Next(1, 70);
        // The helper is at work for a fraction of a second, and a destination that has all takes the guest along.
        TimeSpan after = TimeSpan.FromMilliseconds(random.Next(0, victim == Victim.Transport ? 1200 : 400));
        string killed = "";
        bool IsTheMoment(ProgressRecord record) => inLastPass
            ? record.CurrentOperation == nameof(MigrationStep.Suspended)
            : record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= percent;

        string script = $"$moved = $null; {Move(from)} -OutVariable moved";
        if (victim == Victim.Client)
        {
            _ = module.RunAndStop(script, IsTheMoment);
        }
        else if (inLastPass)
        {
            Task<string> kill = Task.Run(() => KillInLastPass(victim, from, after));
            _ = module.Run(script);
            killed = kill.GetAwaiter().GetResult().Trim();
        }
        else
        {
            _ = module.RunAnd(script, IsTheMoment, () => killed = Kill(victim, from).Trim());
        }

        // The journal tells it of a move that was stopped too.
        GuestMigration told = module.Run("Get-GuestMigration").Output
            .Select(move => (GuestMigration)move.BaseObject).OrderBy(move => move.BeganAt).Last();
        string moment = !inLastPass ? $"at {percent} %"
            : victim == Victim.Client ? "when the last pass was told of"
            : $"{after.TotalMilliseconds} ms into the last pass";
        output.WriteLine($"{DateTime.UtcNow:T} {victim} [{killed}], {moment}: {told.Outcome}, at {told.ComputerName}; {told.Message}");
        if (victim == Victim.Destination)
        {
            Lab.Up();
            Install(module);
            if (Lab.Guests(Lab.Host07).Length + Lab.Guests(Lab.Host08).Length == 0)
            {
                output.WriteLine("  too late: the guest had arrived, and died with its host");
                Assert.True(told.Outcome == MigrationOutcome.Succeeded || told.Message?.Contains("Migration successful", StringComparison.Ordinal) == true, told.Message);
                s_guest.Start();
                return Lab.Host08;
            }
        }

        if (Lab.Guests(from).Length + Lab.Guests(Other(from)).Length > 1 || Lab.WhereRunning(s_guest.Name).Length == 0)
        {
            // Who is cut off when all has arrived leaves a copy: the receiver one that is paused, the sender the old one.
            MigrationRepair repair = (MigrationRepair)module.Run("$moved | Repair-GuestMigration -Confirm:$false").Single.BaseObject;
            output.WriteLine($"  {repair}: {string.Join("; ", repair.Action)}");
        }
        else
        {
            Assert.Equal(told.ComputerName, Assert.Single(Lab.WhereRunning(s_guest.Name)));
        }

        string now = Assert.Single(Lab.WhereRunning(s_guest.Name));
        Assert.Empty(Lab.Guests(Other(now)));
        Assert.False(LabGuest.IsLogged(now), "Its memory is still logged.");
        _ = Lab.WaitForHeartbeat(now, s_guest.Name, beat);
        return now;
    }

    private string MoveAgain(ModuleSession module, string from)
    {
        long beat = Lab.WaitForHeartbeat(from, s_guest.Name, 0);
        MigrationResult again = (MigrationResult)module.Run(Move(from)).Single.BaseObject;
        Assert.True(again.Outcome == MigrationOutcome.Succeeded, again.Message);
        Assert.Equal([Other(from)], Lab.WhereRunning(s_guest.Name));
        _ = Lab.WaitForHeartbeat(Other(from), s_guest.Name, beat);
        output.WriteLine($"{DateTime.UtcNow:T} moved again, to {Other(from)}");
        return Other(from);
    }

    private static string Other(string host) => host == Lab.Host08 ? Lab.Host07 : Lab.Host08;

    private static string Move(string from) =>
        $"Move-Guest {s_guest.Name} -ComputerName {from} -Destination {Other(from)} "
            + "-Live -SkipCheck * -MaximumDowntime 00:00:03 -OfflineFallback Always -Compression Zstd";

    private static string Kill(Victim victim, string source)
    {
        if (victim == Victim.Destination)
        {
            Lab.Crash(Other(source));
            return "";
        }

        (string words, string signal) = Target(victim);
        return Lab.Kill(source, words, signal);
    }

    private static string KillInLastPass(Victim victim, string source, TimeSpan after)
    {
        (string words, string signal) = Target(victim);
        string killed = Lab.KillInLastPass(source, words, signal, after);
        if (victim == Victim.Destination)
        {
            Lab.Crash(Other(source));
        }

        return killed;
    }

    /// <summary>How the process begins, and what it is sent.</summary>
    private static (string Words, string Signal) Target(Victim victim) => victim switch
    {
        Victim.Transport => ("ssh -T -a -x", "KILL"),
        Victim.HelperTerminated => (Helper, "TERM"),
        Victim.HelperKilled => (Helper, "KILL"),
        // Of a host that dies nothing is killed before: signal 0 asks whether the process is there.
        _ => (Helper, "0"),
    };
}
