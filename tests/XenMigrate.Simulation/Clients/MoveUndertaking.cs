namespace XenMigrate.Simulation.Clients;

/// <summary>Move-Guest.</summary>
internal sealed class MoveUndertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination, MigrationOptions options)
    : Undertaking(world, client, guest, source, destination)
{
    private ReportedMove? _told;

    private MigrationMode Mode => options.Live ? MigrationMode.Live : MigrationMode.Offline;

    public override string ToString() => $"{Mode} move of {Guest.Name} from {Source} to {Destination}";

    public override void RequireStillTrue()
    {
        if (_told is not null && World.LastChangeBesides(Client) < Client.Looked.Values.DefaultIfEmpty().Min())
        {
            _told.Compare("once all ended, ");
        }
    }

    protected override async Task<string> WorkAsync()
    {
        HostSession source = Session(Source);
        Guest guest = (await source.Toolstack.ListAsync(Stop.Token)).FirstOrDefault(found => found.Name == Guest.Name)
            ?? throw new GuestNotFoundException(Guest.Name, Source.Name);
        MigrationResult? result = await new JournaledMove(Client.JournalFolder, Guid.NewGuid(), Client.Timing) { Create = Client.CreateJournal }.RunAsync(
            new MoveParts(source, Session(Destination), null, Agree),
            guest,
            Mode,
            parts => new Migrator(parts.Progress, Client.Timing)
                .MoveAsync(parts.Source, parts.Destination, guest, options, parts.Confirm, Stop.Token));
        _told = new ReportedMove(World, Client, Begun is [.., var begun] ? begun : Move(), result!);
        if (!IsForgiven)
        {
            _told.Compare("");
        }

        return $"{result!.Outcome} at {result.ComputerName}, {result.ErrorId}: {result.Message}";
    }

    private Task<bool> Agree(MigrationPlan plan)
    {
        Begins(Move());
        return Task.FromResult(true);
    }

    private BegunMove Move() => new(Guest, Source, Destination, Mode, World.Now);
}
