namespace XenMigrate;

/// <summary>Repair-GuestMigration settles moves that were left half done, so that each guest has one copy that runs.</summary>
[Cmdlet(
    VerbsDiagnostic.Repair,
    "GuestMigration",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(MigrationRepair))]
public sealed class RepairGuestMigrationCommand : HostCmdlet
{
    private const string MigrationSet = "Migration";
    private const string ResultSet = "Result";
    private const string NameSet = "Name";

    /// <summary>Moves of Get-GuestMigration.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MigrationSet)]
    [Alias("GuestMigration")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    [Live]
    public GuestMigration[] Migration { get; set; } = [];

    /// <summary>Results of Move-Guest.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ResultSet)]
    [Alias("MigrationResult")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    [Live]
    public MigrationResult[] Result { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Alias("GuestName", "Domain")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JournaledNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The host that the guests came from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Alias("Source", "MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    /// <summary>The host that they were to go to.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost Destination { get; set; } = null!;

    /// <summary>How long to wait for a transfer that is under way still; three minutes without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The folder of the journals, for what names none itself; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        // Before the pipeline's first object, the parameter set is only a guess.
        if (ComputerName is not null && Destination is not null)
        {
            ComputerName = ExpandToOne(ComputerName);
            Destination = ExpandToOne(Destination);
        }

        return Task.CompletedTask;
    }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        LogFolder folder = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        foreach ((object target, MoveTrace trace) in Traces(folder))
        {
            try
            {
                (MoveTrace found, string? why) = JournaledTrace.Find(trace, folder.Of(trace.Source));
                MigrationRepair? repair = why is null
                    ? await RepairAsync(found, cancellationToken).ConfigureAwait(false)
                    : MoveRepairer.Refuse(trace, why);
                if (repair is not null)
                {
                    Tell(repair, target);
                }
            }
            catch (XenMigrateException e)
            {
                PostError(e, target);
            }
        }
    }

    private IEnumerable<(object Target, MoveTrace Trace)> Traces(LogFolder folder) => ParameterSetName switch
    {
        MigrationSet => Migration.Select(move => ((object)move, MoveTrace.Of(move))),
        ResultSet => Result.Select(result => ((object)result, MoveTrace.Of(result))),
        _ => Name.SelectMany(name => NamesOf(name, folder))
            .Select(name => ((object)name, new MoveTrace(name, null, ComputerName.ComputerName, Destination.ComputerName))),
    };

    /// <summary>The name; for a pattern, the names that fit it of moves between the hosts that are not known to have ended.</summary>
    private IEnumerable<string> NamesOf(string name, LogFolder folder)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [WildcardPattern.Unescape(name)];
        }

        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            return
            [
                .. JournalFolder.Find(folder.Of(ComputerName.Session) is { } path ? [path] : [])
                    .Select(JournalFolder.Read)
                    .Where(move => (move.State is not (JournalState.Finished or JournalState.NotBegun) || move.Outcome == MigrationOutcome.Undetermined)
                        && pattern.IsMatch(move.Name)
                        && IsName(move.Source, ComputerName)
                        && IsName(move.Destination, Destination))
                    .Select(move => move.Name)
                    .Distinct(),
            ];
        }
        catch (JournalNotReadException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    private static bool IsName(string? name, MigrationHost host) => string.Equals(name, host.ComputerName, StringComparison.OrdinalIgnoreCase);

    private async Task<MigrationRepair?> RepairAsync(MoveTrace trace, CancellationToken cancellationToken)
    {
        Task<HostEnd> source = EndAsync(ComputerName ?? new MigrationHost(trace.Source), cancellationToken);
        Task<HostEnd> destination = EndAsync(Destination ?? new MigrationHost(trace.Destination), cancellationToken);
        MoveRepairer repairer = new(trace, await source.ConfigureAwait(false), await destination.ConfigureAwait(false), Timing.Real)
        {
            Tell = text => Post(() => WriteVerbose($"{trace.Name}: {text}")),
            MayClose = !await AskAsync(() => Preference.IsWhatIf(this)).ConfigureAwait(false),
            AllHosts = [.. Sessions.All],
            Patience = Timeout ?? MoveRepairer.UsualPatience,
        };
        return await repairer.RepairAsync(AskAsync, cancellationToken).ConfigureAwait(false);
    }

    private void Tell(MigrationRepair repair, object target)
    {
        if (repair.Error is { } error)
        {
            PostError(error, target);
        }

        Post(() => WriteObject(repair));
    }

    private async Task<RepairConsent> AskAsync(CopyStep step)
    {
        string what = $"{step.Host}: {step} ({step.Command})";
        (bool yes, bool whatIf) = await AskAsync(() =>
        {
            bool answer = ShouldProcess(what, what + "?", "Settle a move that was left half done", out ShouldProcessReason reason);
            return (answer, reason == ShouldProcessReason.WhatIf);
        }).ConfigureAwait(false);
        return whatIf ? RepairConsent.OnlyShown : yes ? RepairConsent.Given : RepairConsent.Declined;
    }
}
