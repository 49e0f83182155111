using System.Globalization;
using System.Management.Automation;
using XenMigrate.Migration;
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
        for (int time = 0; time < s_times; time++)
        {
            MoveAndKill(victim, inLastPass, random);
        }
    }

    private void MoveAndKill(Victim victim, bool inLastPass, Random random)
    {
        using ModuleSession module = new();
        s_guest.Start();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        long beat = Lab.WaitForHeartbeat(Lab.Host08, s_guest.Name, 0);
        int percent = random.Next(1, 70);
        int milliseconds = random.Next(0, 1500);
        bool IsTheMoment(ProgressRecord record) => inLastPass
            ? record.CurrentOperation == nameof(MigrationStep.Suspended)
            : record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= percent;
        const string move = "-Live -SkipCheck * -MaximumDowntime 00:00:03 -OfflineFallback Always -Compression Zstd";
        string script = $"Move-Guest {s_guest.Name} -ComputerName et-virt08 -Destination et-virt07 {move}";

        Outcome broken = victim == Victim.Client
            ? module.RunAndStop(script, IsTheMoment)
            : module.RunAnd(script, IsTheMoment, () => Kill(victim, inLastPass ? milliseconds : 0));

        string now = Assert.Single(Lab.WhereRunning(s_guest.Name));
        MigrationResult? told = broken.Output.Select(o => o.BaseObject).OfType<MigrationResult>().SingleOrDefault();
        output.WriteLine($"{victim}, {(inLastPass ? $"{milliseconds} ms into the last pass" : $"at {percent} %")}: {told?.Outcome}, at {now}; {told?.Message}");
        Assert.True(told is null ? victim == Victim.Client : told.ComputerName == now, told?.Message);
        if (victim == Victim.Destination)
        {
            // It takes a minute to boot, and then there is nothing of it left to look at.
            Assert.Equal(Lab.Host08, now);
            Assert.False(LabGuest.IsLogged(now));
            _ = Lab.WaitForHeartbeat(now, s_guest.Name, beat);
            return;
        }

        string other = now == Lab.Host08 ? Lab.Host07 : Lab.Host08;
        Assert.Empty(Lab.Guests(other));
        Assert.False(LabGuest.IsLogged(now), "Its memory is still logged.");
        beat = Lab.WaitForHeartbeat(now, s_guest.Name, beat);
        MigrationResult again = (MigrationResult)module.Run(
            $"Move-Guest {s_guest.Name} -ComputerName {now} -Destination {other} {move}").Single.BaseObject;
        Assert.True(again.Outcome == MigrationOutcome.Succeeded, again.Message);
        Assert.Equal([other], Lab.WhereRunning(s_guest.Name));
        _ = Lab.WaitForHeartbeat(other, s_guest.Name, beat);
    }

    // The brackets keep pkill from finding the shell that runs it.
    private static void Kill(Victim victim, int milliseconds)
    {
        string wait = string.Create(CultureInfo.InvariantCulture, $"sleep {milliseconds / 1000.0:0.000}; ");
        switch (victim)
        {
            case Victim.Transport:
                _ = Lab.Run(Lab.Host08, wait + "pkill -KILL -f '[s]sh -T -a -x' || true");
                break;
            case Victim.HelperTerminated:
                _ = Lab.Run(Lab.Host08, wait + "pkill -TERM -f '[-]-save-domain' || true");
                break;
            case Victim.HelperKilled:
                _ = Lab.Run(Lab.Host08, wait + "pkill -KILL -f '[-]-save-domain' || true");
                break;
            case Victim.Destination:
                Lab.Crash(Lab.Host07);
                break;
        }
    }
}
