namespace XenMigrate.Lab.Tests;

/// <summary>Four moves by xl alone out of one host, and Ctrl+C: each of them has to hear of it, past the data that flows.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class StoppedBatchTests(ITestOutputHelper output)
{
    private static readonly string[] s_guests = ["testvm1", "testvm2", "third", "fourth"];

    [LabFact]
    public void Four_stock_moves_stopped_at_once_leave_every_guest_at_the_source_and_no_tool_behind()
    {
        using ModuleSession module = new();
        Start("third", 141);
        Start("fourth", 142);
        long[] beats = [.. s_guests.Select(guest => Lab.LastHeartbeat(Lab.Host08, guest))];
        HashSet<string> copying = [];
        Stopwatch clock = new();

        // The last of them has begun, and some have no transport yet that could be ended.
        _ = module.RunAndStop(
            "Move-Guest * -ComputerName et-virt08 -Destination et-virt07 -Live -NoHelper -ThrottleLimit 4 -SkipCheck XM-MEM-*",
            record =>
            {
                _ = record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && copying.Add(record.Activity);
                bool all = copying.Count == s_guests.Length;
                if (all)
                {
                    clock.Start();
                }

                return all;
            });
        output.WriteLine($"From the stop to the prompt: {clock.Elapsed.TotalSeconds:0.0} s\n{string.Join('\n', module.Told)}");

        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.Equal(s_guests.Order(), Lab.Guests(Lab.Host08).Order());
        Assert.DoesNotContain("xl migrate", Lab.Run(Lab.Host08, "ps ax"), StringComparison.Ordinal);
        Assert.DoesNotContain("migrate-receive", Lab.Run(Lab.Host07, "ps ax"), StringComparison.Ordinal);
        Assert.Equal(s_guests.Length, module.Told.Count(text => text.Contains("Stopped on request", StringComparison.Ordinal)));
        foreach ((string guest, long beat) in s_guests.Zip(beats))
        {
            _ = Lab.WaitForHeartbeat(Lab.Host08, guest, beat);
        }
    }

    // Without disk and network: the four of them have to find room on one host.
    private static void Start(string guest, int address)
    {
        Lab.Spoil();
        _ = Lab.Run(Lab.Host08, $"lab-guest {guest} 10.77.0.{address} 96 | grep -v '^vif' > /root/{guest}.cfg && xl create -q /root/{guest}.cfg");
        _ = Lab.WaitForHeartbeat(Lab.Host08, guest, 1);
    }
}
