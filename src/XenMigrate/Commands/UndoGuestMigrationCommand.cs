namespace XenMigrate;

/// <summary>Undo-GuestMigration brings guests back to where a move took them from, in the way in which they came.</summary>
[Cmdlet(
    VerbsCommon.Undo,
    "GuestMigration",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = "Result")]
[OutputType(typeof(MigrationResult), typeof(Guest))]
public sealed class UndoGuestMigrationCommand : MoveCmdlet
{
    /// <summary>Results of Move-Guest.</summary>
    // Not mandatory: nobody can type one when asked for it.
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Result")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MoveCompleter))]
    [Live]
    public MigrationResult[] Result { get; set; } = [];

    /// <summary>Moves as Get-GuestMigration tells of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Journal")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    [Live]
    public GuestMigration[] Migration { get; set; } = [];

    /// <summary>Guests as a move with -PassThru returned them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Guest")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    public Guest[] Guest { get; set; } = [];

    /// <summary>How many guests are moved at a time.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 2;

    internal override bool MovesLive => true;

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        if (Result.Length + Migration.Length + Guest.Length == 0)
        {
            throw new PSArgumentException("No move was given. Pipe some of Get-GuestMigration, or results of Move-Guest.");
        }

        foreach (Guest unmoved in Guest.Where(guest => guest.Move is null))
        {
            PostError(
                new NothingToUndoException(unmoved.Name, "only a guest that a move with -PassThru returned can be brought back. Get-GuestMigration lists all moves."),
                unmoved);
        }

        IEnumerable<(MadeMove Move, object Target)> moves = Result.Select(result => (result.Made(), (object)result))
            .Concat(Migration.Select(move => (move.Made(), (object)move)))
            .Concat(Guest.Where(guest => guest.Move is not null).Select(guest => (guest.Move!, (object)guest)));
        foreach ((MadeMove move, object target) in moves)
        {
            try
            {
                Add(await BackAsync(move, cancellationToken).ConfigureAwait(false));
            }
            catch (XenMigrateException e)
            {
                PostError(e, target);
            }
        }
    }

    protected override Task EndProcessingAsync(CancellationToken cancellationToken) =>
        MoveAllAsync(WindowLimits.Of(ThrottleLimit, perHost: null), MoveOrder.None, cancellationToken);

    private async Task<GuestMove> BackAsync(MadeMove made, CancellationToken cancellationToken)
    {
        made.Require();
        HostSession there = await ResolveAsync(new MigrationHost(made.Destination!), cancellationToken).ConfigureAwait(false);
        HostSession home = await ResolveAsync(new MigrationHost(made.Source!), cancellationToken).ConfigureAwait(false);
        HostIsAnotherException.ThrowIf((made.To, there.Named), (made.From, home.Named));
        IReadOnlyList<Guest>[] lists = await Task.WhenAll(new[] { there, home }.Select(host =>
            host.Toolstack.ListAsync(cancellationToken))).ConfigureAwait(false);
        Guest? guest = lists[0].FirstOrDefault(made.Is);

        // A copy under its name at home is what the checks are for.
        return guest is not null
            ? new GuestMove(guest, there, home) { Live = made.Live }
            : throw (lists[1].Any(made.Is)
                ? new NothingToUndoException(made.Name, $"it is on {home}, where it came from.")
                : new GuestNotFoundException(made.Name, there.ComputerName));
    }
}
