namespace XenMigrate.Lab.Tests;

/// <summary>What is told of a move beforehand, held against the move and against the guest's own clock.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class ForecastTests
{
    [LabFact]
    public void What_a_guest_writes_is_counted_and_the_second_move_is_told_by_the_first()
    {
        using ModuleSession module = new();
        LabGuest guest = LabGuest.Slow;
        guest.Start();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);

        MigrationForecast first = Forecast(module, guest, Lab.Host08, Lab.Host07);
        // It writes 16 MB again and again, 2 MB of it a second; and some pages of its kernel's.
        Assert.InRange(first.DirtyBytesPerSecond!.Value, 0.5e6, 12e6);
        Assert.Contains("a probe of 16 MiB", first.Basis, StringComparison.Ordinal);
        Assert.False(LabGuest.IsLogged(Lab.Host08), "What it writes is still logged.");
        long beat = Lab.WaitForHeartbeat(Lab.Host08, guest.Name, 0);

        MigrationResult there = Move(module, guest, Lab.Host08, Lab.Host07);
        Assert.True(there.DowntimePart is { Suspension.Ticks: > 0, LastCopy.Ticks: > 0, Start.Ticks: > 0 }, $"{there.DowntimePart}");
        _ = Lab.WaitForHeartbeat(Lab.Host07, guest.Name, beat);

        MigrationForecast second = Forecast(module, guest, Lab.Host07, Lab.Host08);
        Assert.Contains("earlier moves", second.Basis, StringComparison.Ordinal);
        Assert.Equal(there.DowntimePart!.Start, second.DowntimePart!.Start);
        Assert.NotNull(second.Duration);

        MigrationResult back = Move(module, guest, Lab.Host07, Lab.Host08);
        Assert.Equal(there.DowntimePart.Start, back.PredictedDowntimePart!.Start);
        DowntimeTooShortException refused = Assert.IsType<DowntimeTooShortException>(Assert.Single(
            module.Run($"{Words(guest, Lab.Host08, Lab.Host07)} -MaximumDowntime 0.01 -OfflineFallback Never").Errors).Exception);
        Assert.True(refused.Past.Fixed > TimeSpan.FromSeconds(0.01));
        Assert.Equal([Lab.Host08], Lab.WhereRunning(guest.Name));
    }

    private static MigrationForecast Forecast(ModuleSession module, LabGuest guest, string from, string to)
    {
        MigrationForecast forecast = Assert.Single(
            module.Run($"Test-MigrationEnvironment {from} {to} -Name {guest.Name} -Forecast -ExcludeCheck *").Output.Select(output => output.BaseObject).OfType<MigrationForecast>());
        Assert.True(forecast.Duration is not null, forecast.Advice);
        return forecast;
    }

    private static MigrationResult Move(ModuleSession module, LabGuest guest, string from, string to)
    {
        MigrationResult result = Assert.IsType<MigrationResult>(module.Run(Words(guest, from, to)).Single.BaseObject);
        Assert.True(result.Outcome == MigrationOutcome.Succeeded, result.Message);
        return result;
    }

    private static string Words(LabGuest guest, string from, string to) =>
        $"Move-Guest {guest.Name} -ComputerName {from} -Destination {to} -Live -SkipCheck *";
}
