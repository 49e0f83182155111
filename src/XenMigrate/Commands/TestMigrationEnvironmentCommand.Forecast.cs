namespace XenMigrate;

/// <content>What moves of the guests would come to.</content>
public sealed partial class TestMigrationEnvironmentCommand
{
    /// <summary>Tells of each guest how long a live move would take, and how long it would stand still, by how it writes its memory now.</summary>
    [Parameter]
    public SwitchParameter Forecast { get; set; }

    /// <summary>The longest pause that would be allowed; 3 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? MaximumDowntime { get; set; }

    private void RequireForecast()
    {
        Argument.RequirePositive("-MaximumDowntime", MaximumDowntime, "Every guest stands still for a moment when it moves.");
        if (MaximumDowntime is not null && !Forecast)
        {
            throw new PSArgumentException("-MaximumDowntime only works with -Forecast. Add -Forecast, or leave it out.");
        }

        if (Forecast && Quiet)
        {
            throw new PSArgumentException("-Quiet gives one answer, and -Forecast a forecast for each guest. Give only one of them.");
        }
    }

    /// <summary>Behind what the checks found.</summary>
    private async Task TellForecastsAsync(EnvironmentFindings findings, IReadOnlyDictionary<string, HostEnd> ends, CancellationToken cancellationToken)
    {
        if (Forecast)
        {
            LogFolder journals = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, null)).ConfigureAwait(false);
            EnvironmentForecaster forecaster = new(new PastMoves(journals.All), HelperPackage.Shipped(), MaximumDowntime, Timing.Real);
            IReadOnlyList<MigrationForecast> forecasts = await forecaster.ForecastAsync(findings, ends, cancellationToken).ConfigureAwait(false);
            Post(() => WriteObject(forecasts, enumerateCollection: true));
        }
    }
}
