namespace XenMigrate.Lab.Tests;

/// <summary>
/// A client whose clock is set back by half an hour while it moves a guest. libfaketime does that to its process alone.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class ClockSetBackTests(ITestOutputHelper output) : IDisposable
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-journal-").FullName;
    private readonly string _clock = Path.GetTempFileName();

    [LabFact]
    public void Its_move_looks_alive_to_others_and_counts_as_the_latest_when_it_comes_back()
    {
        Assert.True(File.Exists(Library), "There is no libfaketime: apt-get install faketime brings it.");
        using ModuleSession other = new();
        File.WriteAllText(_clock, "+0\n");
        using SeparateShell mover = new(
            $"Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -LogPath '{_folder}'; "
                + $"Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -LogPath '{_folder}'",
            _folder,
            new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = Library,
                ["FAKETIME_TIMESTAMP_FILE"] = _clock,
                ["FAKETIME_NO_CACHE"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                // What it mends in old C libraries would end every wait of .NET's at once.
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            });
        mover.WaitFor(journal => journal.Contains("xl -vvv migrate", StringComparison.Ordinal));

        File.WriteAllText(_clock, "-30m\n");
        // Longer than a heartbeat of the journal may be late.
        _ = SpinWait.SpinUntil(() => false, TimeSpan.FromSeconds(12));
        GuestMigration seen = Assert.IsType<GuestMigration>(
            other.Run($"Get-GuestMigration -ComputerName et-virt08, et-virt07 -LogPath '{_folder}'").Single.BaseObject);
        Outcome repaired = other.Run($"Repair-GuestMigration testvm1 -ComputerName et-virt08 -Destination et-virt07 -LogPath '{_folder}' -Timeout 3 -Confirm:$false");
        output.WriteLine($"in mid-move: {seen.State}, held by {seen.HeldBy}; repair: {string.Join("; ", repaired.Output)} {string.Join("; ", repaired.Errors.Select(error => error.ToString()))}");
        mover.WaitForEnd();

        Outcome journals = other.Run($"Get-GuestMigration -LogPath '{_folder}'");
        output.WriteLine(string.Join('\n', journals.Output.Select(move => $"{move}: {((GuestMigration)move.BaseObject).BeganAt:T} {((GuestMigration)move.BaseObject).State}")));
        Assert.Equal(JournalState.InFlight, seen.State);
        Assert.DoesNotContain(repaired.Output, repair => repair.BaseObject is MigrationRepair { Outcome: MigrationRepairOutcome.Settled });
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        Assert.Empty(Lab.Guests(Lab.Host07));
        GuestMigration[] moves = [.. journals.Output.Select(move => Assert.IsType<GuestMigration>(move.BaseObject))];
        Assert.Equal([(JournalState.Finished, Lab.Host08), (JournalState.Finished, Lab.Host07)], moves.Select(move => (move.State, move.ComputerName)));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_clock);
    }
}
