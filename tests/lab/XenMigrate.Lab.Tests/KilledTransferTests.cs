namespace XenMigrate.Lab.Tests;

/// <summary>
/// A live move whose xl is killed (-9) under it, on one host or the other, and what Move-Guest and Repair-GuestMigration
/// make of it. Each takes four to six minutes.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class KilledTransferTests(ITestOutputHelper output) : IDisposable
{
    private const string Sender = "xl -vvv migrate ";
    private const string Receiver = "xl -vvv migrate-receive";

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-journal-").FullName;

    [LongLabTheory]
    [InlineData(Lab.Host08, MigrationStep.CopyingMemory)]
    [InlineData(Lab.Host08, MigrationStep.Suspended)]
    [InlineData(Lab.Host07, MigrationStep.CopyingMemory)]
    [InlineData(Lab.Host07, MigrationStep.Suspended)]
    public void After_xl_was_killed_and_the_move_repaired_one_copy_runs_on_and_moves_again(string host, MigrationStep point)
    {
        // The idle one would be over before the kill gets there; a new connection takes seconds too.
        string guest = "testvm2";
        using ModuleSession module = new();
        Lab.Spoil();
        _ = Lab.Guests(host);
        long beat = Lab.WaitForHeartbeat(Lab.Host08, guest, 0);

        Outcome broken = module.RunAnd(
            Move(guest),
            record => record.CurrentOperation == point.ToString() && record.PercentComplete > 0,
            () => Note($"Killed on {host}: {Lab.Kill(host, host == Lab.Host08 ? Sender : Receiver)}\n{Look()}"));

        MigrationResult failed = Assert.IsType<MigrationResult>(broken.Single.BaseObject);
        Note($"Move-Guest: {failed}. {failed.Message}\n{string.Join('\n', failed.Transcript)}\n{Look()}");
        Assert.True(failed.Outcome is MigrationOutcome.FailedSourceRunning or MigrationOutcome.FailedSourceSuspended, failed.Message);

        MigrationRepair repair = Assert.IsType<MigrationRepair>(
            module.Run($"Get-GuestMigration -LogPath '{_folder}' | Repair-GuestMigration -Confirm:$false").Single.BaseObject);
        Note($"Repair-GuestMigration: {repair}\n  found: {string.Join("; ", repair.Found)}\n  did: {string.Join("; ", repair.Action)}\n  left: {repair.Left}\n{Look()}");
        Assert.True(repair.Outcome is MigrationRepairOutcome.Settled or MigrationRepairOutcome.NothingToDo, repair.Left);
        Assert.Equal(repair.Outcome == MigrationRepairOutcome.NothingToDo, repair.Action.Count == 0);
        AssertOnly(guest, Lab.Host08);
        beat = Lab.WaitForHeartbeat(Lab.Host08, guest, beat);

        GuestMigration journal = Assert.IsType<GuestMigration>(
            module.Run($"Get-GuestMigration -LogPath '{_folder}'").Single.BaseObject);
        Note($"The journal: {journal}, {journal.Outcome} at {journal.ComputerName}\n  {string.Join("\n  ", journal.Decision)}");
        Assert.Equal(
            (JournalState.Finished, MigrationOutcome.FailedSourceRunning, Lab.Host08),
            (journal.State, journal.Outcome, journal.ComputerName));
        Assert.All(repair.Action, action => Assert.Contains(journal.Decision, decided => decided.EndsWith(action, StringComparison.Ordinal)));

        Outcome again = module.Run(Move(guest));

        Assert.Empty(again.Errors);
        AssertOnly(guest, Lab.Host07);
        Note($"Moved again; heartbeat {beat} before, {Lab.WaitForHeartbeat(Lab.Host07, guest, beat)} after.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Move(string guest) =>
        $"Move-Guest {guest} -ComputerName et-virt08 -Destination et-virt07 -Live -LogPath '{_folder}'";

    private static void AssertOnly(string guest, string host)
    {
        Assert.Equal([host], Lab.WhereRunning(guest));
        Assert.Single(Lab.Guests(Lab.Host07).Concat(Lab.Guests(Lab.Host08)), name => name.Contains(guest, StringComparison.Ordinal));
    }

    private static string Look() => string.Join('\n', new[] { Lab.Host08, Lab.Host07 }.Select(host =>
        $"{host}:\n{Lab.Run(host, "xl list; ps -e -o pid,ppid,args | grep '[x]l .*migrate\\|[l]ibxl-save' || true")}"));

    private void Note(string text) => output.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} {text}");
}
