namespace XenMigrate.Tests.Sampling;

[Collection(MockXenTests.Name)]
public class DirtyRateTests(MockXen xen)
{
    private const string Off = "shadow-control 7 operation 0";
    private const string On = "shadow-control 7 operation 2";
    private const string Look = "shadow-control 7 operation 12";

    [HelperTheory]
    [InlineData(MockXen.Old)]
    [InlineData(MockXen.New)]
    public void It_counts_the_pages_that_a_guest_writes_and_leaves_log_dirty_mode_off(string version)
    {
        using MockFolder folder = new MockFolder(xen, version).With("MOCK_WRITTEN", "3,5,9,12,14").With("MOCK_POPULATED", "64");

        (int status, string output) = folder.Ask("--dirty-rate", "7", "0.2");

        DirtyRateReport report = Assert.IsType<DirtyRateReport>(DirtyRateReport.Parse(output));
        Assert.Equal((0, 64L), (status, report.PopulatedPages));
        Assert.Equal([3L, 5, 9, 12, 14], report.Counts.Select(count => count.Pages));
        Assert.InRange(report.Counts[^1].After.TotalSeconds, 0.2, 10);
        Assert.Equal([On, Look, Look, Look, Look, Look, Off], folder.Notes);
    }

    [HelperFact]
    public void Where_it_was_left_on_by_nobody_who_still_saves_it_begins_anew()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1").With("MOCK_LOGDIRTY", "on");

        Assert.Equal(0, folder.Ask("--dirty-rate", "7", "0.1").Status);

        Assert.Equal([On, Off, On], folder.Notes.Take(3));
        Assert.Equal(Off, folder.Notes[^1]);
    }

    [HelperTheory]
    [InlineData("/usr/lib/xen-4.17/bin/libxl-save-helper")]
    [InlineData("/var/lib/xenmigrate/helper/xenmigrate-save-helper")]
    public void A_guest_that_somebody_saves_is_not_touched(string program)
    {
        using MockFolder folder = new(xen);
        folder.AddProcess(4711, program, "--save-domain", "9", "8", "7", "1", "136", "0");

        Assert.Equal(5, folder.Ask("--dirty-rate", "7", "0.1").Status);

        Assert.Empty(folder.Notes);
    }

    [HelperFact]
    public void Another_guest_s_save_is_no_matter()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1");
        folder.AddProcess(4711, "libxl-save-helper", "--save-domain", "9", "8", "77", "1", "136", "0");

        Assert.Equal(0, folder.Ask("--dirty-rate", "7", "0.1").Status);
    }

    [HelperFact]
    public async Task A_save_that_began_meanwhile_keeps_its_log_dirty_mode()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1");
        using Process sampling = folder.Start("--dirty-rate", "7", "2");
        _ = await folder.NoteAsync(Look);

        folder.AddProcess(4711, "libxl-save-helper", "--save-domain", "9", "8", "7", "1", "136", "0");
        await sampling.WaitForExitAsync();

        Assert.Equal(5, sampling.ExitCode);
        Assert.DoesNotContain(Off, folder.Notes);
    }

    [HelperTheory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    [InlineData("-HUP")]
    public async Task A_signal_ends_it_and_switches_log_dirty_mode_off(string signal)
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1");
        using Process sampling = folder.Start("--dirty-rate", "7", "30");
        _ = await folder.NoteAsync(On);

        using Process kill = Process.Start("kill", [signal, $"{sampling.Id}"]);
        await sampling.WaitForExitAsync();

        Assert.Equal(5, sampling.ExitCode);
        Assert.Equal(Off, folder.Notes[^1]);
    }

    [HelperFact]
    public async Task When_it_is_killed_its_guard_switches_log_dirty_mode_off()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1");
        using Process sampling = folder.Start("--dirty-rate", "7", "30");
        _ = await folder.NoteAsync(On);

        sampling.Kill();

        _ = await folder.NoteAsync(Off);
    }

    [HelperFact]
    public async Task A_save_of_ours_waits_for_its_end_and_a_sampling_is_refused_while_one_saves()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_WRITTEN", "1,1,1,1,1");
        using Process sampling = folder.Start("--dirty-rate", "7", "1");
        _ = await folder.NoteAsync(On);

        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;
        string[] notes = folder.Notes;
        int refused = folder.Ask("--dirty-rate", "7", "0.1").Status;
        _ = libxl.Read();

        Assert.Equal(0, await libxl.EndAsync());
        Assert.True(Array.IndexOf(notes, Off) < Array.FindIndex(notes, note => note.StartsWith("policy", StringComparison.Ordinal)), string.Join('\n', notes));
        Assert.Equal(5, refused);
    }

    [HelperTheory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("61")]
    [InlineData("soon")]
    public void Other_words_are_the_stock_helper_s(string seconds)
    {
        using MockFolder folder = new(xen);

        Assert.Equal(42, folder.Ask("--dirty-rate", "7", seconds).Status);

        Assert.StartsWith("stock --dirty-rate", folder.Notes[0], StringComparison.Ordinal);
    }
}
