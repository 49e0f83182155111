namespace XenMigrate.Lab.Tests;

/// <summary>
/// A live move whose PowerShell is killed (-9), and what the next PowerShell makes of it. Each point takes a minute and a
/// half.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class RepairGuestTests(ITestOutputHelper output) : IDisposable
{
    private const string Tool = "xl -vvv migrate";

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-journal-").FullName;

    public static TheoryData<string> Points { get; } = ["Before", "Early", "Middle", "Suspended", "After"];

    [LongLabTheory]
    [MemberData(nameof(Points))]
    public void After_PowerShell_was_killed_one_copy_runs_on_and_its_journal_tells_where(string point)
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);
        using (SeparateShell shell = new(
            $"Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -LogPath '{_folder}'", _folder))
        {
            Kill(shell, point);
            Note($"{point}: killed. Its journal:\n{shell.Journal}");
        }

        Look("Right after the kill");
        GuestMigration seen = Single<GuestMigration>(module.Run($"Get-GuestMigration -ComputerName et-virt08, et-virt07 -LogPath '{_folder}'"));
        Note($"Get-GuestMigration: {seen}; {string.Join("; ", seen.Found)}; under way: {string.Join("; ", seen.UnderWay)}");
        Outcome repaired = module.Run($"Get-GuestMigration -LogPath '{_folder}' | Repair-GuestMigration -Confirm:$false -Timeout 300");
        MigrationRepair repair = Single<MigrationRepair>(repaired);
        Note($"Repair-GuestMigration: {repair}\n  found: {string.Join("; ", repair.Found)}\n  did: {string.Join("; ", repair.Action)}\n  left: {repair.Left}");
        Look("After the repair");

        Assert.Contains(seen.State, new[] { JournalState.Abandoned, JournalState.InFlight });
        Assert.True(repair.Outcome is MigrationRepairOutcome.Settled or MigrationRepairOutcome.NothingToDo, repair.Left);
        Assert.Equal([repair.ComputerName!], Lab.WhereRunning("testvm1"));
        Assert.Single(Lab.Guests(Lab.Host07).Concat(Lab.Guests(Lab.Host08)), name => name.Contains("testvm1", StringComparison.Ordinal));
        GuestMigration after = Single<GuestMigration>(module.Run($"Get-GuestMigration -LogPath '{_folder}'"));
        Assert.Equal((JournalState.Finished, repair.ComputerName), (after.State, after.ComputerName));
        Note($"Heartbeat {beat} before, {Lab.WaitForHeartbeat(repair.ComputerName!, "testvm1", beat)} on {repair.ComputerName} after.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Kill(SeparateShell shell, string point)
    {
        Func<string, bool> when = point switch
        {
            "Before" => journal => journal.Length > 0,
            "Early" or "Middle" => journal => journal.Contains(Tool, StringComparison.Ordinal),
            "Suspended" => Reaches(MigrationStep.Suspended),
            _ => Reaches(MigrationStep.Finishing),
        };
        double seconds = point switch
        {
            "Early" => 2,
            "Middle" => 15,
            _ => 0,
        };
        shell.KillWhen(when, TimeSpan.FromSeconds(seconds));
    }

    private static Func<string, bool> Reaches(MigrationStep step) => journal => Enum.GetValues<MigrationStep>()
        .Where(later => later >= step && later is not MigrationStep.Done)
        .Any(later => journal.Contains($"\"step\":\"{later}\"", StringComparison.Ordinal));

    private static T Single<T>(Outcome outcome)
    {
        Assert.Empty(outcome.Errors);
        return Assert.IsType<T>(outcome.Single.BaseObject);
    }

    private void Look(string when)
    {
        Note($"{when}, et-virt08:\n{Show(Lab.Host08)}");
        Note($"{when}, et-virt07:\n{Show(Lab.Host07)}");
    }

    private static string Show(string host) => Lab.Run(host, "xl list; ps -e -o pid,ppid,args | grep '[x]l .*migrate\\|[l]ibxl-save' || true");

    private void Note(string text) => output.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} {text}");
}
