namespace XenMigrate.Simulation.Clients;

/// <summary>Move-Guest.</summary>
internal sealed class MoveUndertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination, MigrationOptions options)
    : Undertaking(world, client, guest, source, destination)
{
    private MigrationResult? _result;

    /// <summary>Whether it came so far as to touch something.</summary>
    public bool IsBegun { get; private set; }

    public MigrationMode Mode => options.Live ? MigrationMode.Live : MigrationMode.Offline;

    public override string ToString() => $"{Mode} move of {Guest.Name} from {Source} to {Destination}";

    public override void RequireStillTrue()
    {
        if (_result is not null && World.LastChangeBesides(Client) < Client.Looked.Values.DefaultIfEmpty().Min())
        {
            Compare("once all ended, ");
        }
    }

    protected override async Task<string> WorkAsync()
    {
        MigrationHost source = Session(Source);
        Guest guest = (await source.RequireDriver().ListAsync(source.RequireShell(), Stop.Token)).FirstOrDefault(found => found.Name == Guest.Name)
            ?? throw new GuestNotFoundException(Guest.Name, Source.Name);
        _result = await new JournaledMove(Client.JournalFolder, Guid.NewGuid(), Client.Timing) { Create = Client.CreateJournal }.RunAsync(
            new MoveParts(source, Session(Destination), null, Agree),
            guest,
            Mode,
            parts => new Migrator(parts.Progress, Client.Timing)
                .MoveAsync(parts.Source, parts.Destination, guest, options, parts.Confirm, Stop.Token));
        if (!IsForgiven)
        {
            Compare("");
        }

        return $"{_result!.Outcome} at {_result.ComputerName}, {_result.ErrorId}: {_result.Message}";
    }

    /// <summary>Whether somebody who does as it says starts a copy without looking for the guest elsewhere first.</summary>
    private static bool IsRash(string message) => message.Contains("start it from its configuration", StringComparison.Ordinal)
        && !message.Contains("only if none of them has it", StringComparison.OrdinalIgnoreCase);

    private Task<bool> Agree(MigrationPlan plan)
    {
        IsBegun = true;
        return Task.FromResult(true);
    }

    private void Compare(string when)
    {
        bool here = Running.Any(at => at.Host == Source);
        bool there = Running.Any(at => at.Host == Destination);
        bool isTrue = _result!.Outcome switch
        {
            MigrationOutcome.Succeeded => there && !here,
            MigrationOutcome.FailedSourceRunning or MigrationOutcome.Aborted => here && !there,
            MigrationOutcome.FailedSourceSuspended => !here && !there && World.CopiesOf(Guest).Any(at => at.Host == Source),
            _ => true,
        };
        if (!isTrue)
        {
            World.Wrong($"{when}{Client.Name} told of the {this}: {_result.Outcome}, {_result.Message}; the truth: {Truth}");
        }

        if (_result.Message is { } message && IsRash(message) && World.CopiesOf(Guest).Any())
        {
            World.Wrong($"{when}{Client.Name} advised to start a second copy: {_result.Message}; the truth: {Truth}");
        }
    }
}
