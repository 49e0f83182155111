using System.Globalization;
using System.Management.Automation;
using XenMigrate.Migration;
using XenMigrate.Repair.Moves;
using Xunit.Abstractions;

namespace XenMigrate.Lab.Tests;

/// <summary>
/// What carries a guest's memory is ended at a random moment of the live rounds, or of the last pass. XENMIGRATE_LAB_TIMES
/// says how often; each takes a minute or two.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HelperKillTests(ITestOutputHelper output)
{
    private static readonly LabGuest s_guest = LabGuest.Busy;

    private static readonly int s_times = int.Parse(
        System.Environment.GetEnvironmentVariable("XENMIGRATE_LAB_TIMES") ?? "1", CultureInfo.InvariantCulture);

    public enum Victim
    {
        Transport,
        HelperTerminated,
        HelperKilled,
        Destination,
        Client,
    }

    public static TheoryData<Victim, bool> Cases()
    {
        TheoryData<Victim, bool> cases = [];
        foreach (Victim victim in Enum.GetValues<Victim>())
        {
            cases.Add(victim, false);
            cases.Add(victim, true);
        }

        return cases;
    }

    [LongLabTheory]
    [MemberData(nameof(Cases))]
    public void Whoever_dies_one_copy_runs_unlogged_and_moves_again(Victim victim, bool inLastPass)
    {
        int seed = System.Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        if (victim == Victim.Destination)
        {
            // It has to boot again after each.
            for (int time = 0; time < s_times; time++)
            {
                using ModuleSession booted = Prepared();
                _ = MoveAndKill(booted, Lab.Host08, victim, inLastPass, random);
            }

            return;
        }

        using ModuleSession module = Prepared();
        string place = Lab.Host08;
        for (int time = 0; time < s_times; time++)
        {
            place = MoveAndKill(module, place, victim, inLastPass, random);
        }
    }

    private static ModuleSession Prepared()
    {
        ModuleSession module = new();
        s_guest.Start();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        return module;
    }

    /// <summary>Moves the guest from a host, ends what carries it, and moves it again.</summary>
    /// <returns>Where it is then.</returns>
    private string MoveAndKill(ModuleSession module, string from, Victim victim, bool inLastPass, Random random)
    {
        long beat = Lab.WaitForHeartbeat(from, s_guest.Name, 0);
        int percent = random.Next(1, 70);
        int milliseconds = random.Next(0, 800);
        bool IsTheMoment(ProgressRecord record) => inLastPass
            ? record.CurrentOperation == nameof(MigrationStep.Suspended)
            : record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= percent;

        string script = Move(from);
        Outcome broken = victim == Victim.Client
            ? module.RunAndStop(script, IsTheMoment)
            : module.RunAnd(script, IsTheMoment, () => Kill(victim, from, inLastPass ? milliseconds : 0));

        // A destination that died can't be asked.
        string now = victim == Victim.Destination ? from : Assert.Single(Lab.WhereRunning(s_guest.Name));
        MigrationResult? told = broken.Output.Select(o => o.BaseObject).OfType<MigrationResult>().SingleOrDefault();
        output.WriteLine($"{victim}, {(inLastPass ? $"{milliseconds} ms into the last pass" : $"at {percent} %")}: {told?.Outcome}, at {now}; {told?.Message}");
        Assert.True(told is null ? victim == Victim.Client : told.ComputerName == now, told?.Message);
        Assert.False(LabGuest.IsLogged(now), "Its memory is still logged.");
        beat = Lab.WaitForHeartbeat(now, s_guest.Name, beat);
        if (victim == Victim.Destination)
        {
            return now;
        }

        string other = Other(now);
        if (Lab.Guests(other).Length > 0)
        {
            // Who is cut off when all has arrived leaves a copy: the receiver one that is paused, the sender the old one.
            MigrationRepair repair = (MigrationRepair)module.Run(
                "Get-GuestMigration | Select-Object -First 1 | Repair-GuestMigration -Confirm:$false").Single.BaseObject;
            output.WriteLine($"  {repair}: {string.Join("; ", repair.Action)}");
        }

        Assert.Empty(Lab.Guests(other));
        MigrationResult again = (MigrationResult)module.Run(Move(now)).Single.BaseObject;
        Assert.True(again.Outcome == MigrationOutcome.Succeeded, again.Message);
        Assert.Equal([other], Lab.WhereRunning(s_guest.Name));
        _ = Lab.WaitForHeartbeat(other, s_guest.Name, beat);
        return other;
    }

    private static string Other(string host) => host == Lab.Host08 ? Lab.Host07 : Lab.Host08;

    private static string Move(string from) =>
        $"Move-Guest {s_guest.Name} -ComputerName {from} -Destination {Other(from)} "
            + "-Live -SkipCheck * -MaximumDowntime 00:00:03 -OfflineFallback Always -Compression Zstd";

    private static void Kill(Victim victim, string source, int milliseconds)
    {
        const string Helper = "xenmigrate-save-helper --save-domain";
        TimeSpan after = TimeSpan.FromMilliseconds(milliseconds);
        if (victim == Victim.Destination)
        {
            Lab.Crash(Other(source));
            return;
        }

        (string words, string signal) = victim switch
        {
            Victim.Transport => ("ssh -T -a -x", "KILL"),
            Victim.HelperTerminated => (Helper, "TERM"),
            _ => (Helper, "KILL"),
        };
        _ = Lab.Kill(source, words, signal, after);
    }
}
