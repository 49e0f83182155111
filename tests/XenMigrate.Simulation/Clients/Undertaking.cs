using XenMigrate.Environment;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Journal;
using XenMigrate.Migration;
using XenMigrate.Repair;
using XenMigrate.Repair.Moves;
using XenMigrate.Simulation.Hosts;
using XenMigrate.Simulation.Xen;

namespace XenMigrate.Simulation.Clients;

/// <summary>One thing that a client does with the engine: a move or a repair.</summary>
internal abstract class Undertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination)
{
    protected World World { get; } = world;

    public Client Client { get; } = client;

    public GuestTruth Guest { get; } = guest;

    public SimulatedHost Source { get; } = source;

    public SimulatedHost Destination { get; } = destination;

    /// <summary>The user's wish to stop.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Whether it ended, well or not, or never will, as its client was killed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When it ended.</summary>
    public TimeSpan EndedAt { get; private set; }

    public async Task RunAsync()
    {
        World.Log($"{Client.Name}: {this} begins");
        try
        {
            string end = await WorkAsync();
            World.Log($"{Client.Name}: {this} ended: {end}");
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException)
        {
            World.Log($"{Client.Name}: {this} ended by {e.GetType().Name}: {e.Message}");
        }
        catch (Exception e)
        {
            World.Wrong($"the engine failed: {e}");
        }

        IsOver = true;
        EndedAt = World.Now;
    }

    public void Kill()
    {
        World.Log($"{Client.Name}: is killed");
        Client.Kill();
        IsOver = true;
    }

    /// <summary>Looks again, once nothing changes any more, whether what was told is so.</summary>
    public virtual void RequireStillTrue()
    {
    }

    /// <summary>Does it, and says how it ended.</summary>
    protected abstract Task<string> WorkAsync();

    protected MigrationHost Session(SimulatedHost host) => Client.Session(host);

    /// <summary>Whether somebody else may have changed what the client saw, so that nobody can blame it for what it tells.</summary>
    protected bool IsForgiven => new[] { Source, Destination }.Any(host => World.LastChangeBesides(Client) >= Client.Looked.GetValueOrDefault(host));

    protected IEnumerable<(SimulatedHost Host, Copy Copy)> Running => World.CopiesOf(Guest).Where(at => at.Copy.Runs);

    protected string Truth => string.Join(", ", World.CopiesOf(Guest).Select(at => $"{at.Host} has {at.Copy}")) is { Length: > 0 } all ? all : "no host has it";
}

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
        _result = await new JournaledMove(Client.JournalFolder, Guid.NewGuid(), Client.Timing).RunAsync(
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

/// <summary>Repair-GuestMigration.</summary>
internal sealed class RepairUndertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination, MigrationMode? mode)
    : Undertaking(world, client, guest, source, destination)
{
    /// <summary>What came of it; null if it never ended.</summary>
    public MigrationRepair? Result { get; private set; }

    public override string ToString() => $"repair of a move of {Guest.Name} from {Source} to {Destination}";

    protected override async Task<string> WorkAsync()
    {
        MoveTrace named = new(Guest.Name, null, Source.Name, Destination.Name) { Mode = mode };
        (MoveTrace trace, string? why) = JournaledTrace.Find(named, Client.JournalFolder);
        if (why is not null)
        {
            Result = MoveRepairer.Refuse(trace, why);
            return $"{Result}, {why}";
        }

        Result = await new MoveRepairer(trace, Session(Source), Session(Destination), Client.Timing) { AllHosts = [.. World.Hosts.Select(Session)] }
            .RepairAsync(_ => Task.FromResult(RepairConsent.Given), Stop.Token);
        if (!IsForgiven && Result?.ComputerName is { } told && !Running.Any(at => at.Host.Name == told))
        {
            World.Wrong($"{Client.Name} told of the {this}: {Result}; the truth: {Truth}");
        }

        return $"{Result}, {string.Join("; ", Result!.Action)}; left: {Result.Left} {Result.Remediation}";
    }
}

/// <summary>Resume-Guest, by somebody who knows nothing of a move.</summary>
internal sealed class ResumeUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Resume-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync()
    {
        MigrationHost host = Session(Source);
        Guest guest = (await host.RequireDriver().ListAsync(host.RequireShell(), Stop.Token)).FirstOrDefault(found => found.Name == Guest.Name)
            ?? throw new GuestNotFoundException(Guest.Name, Source.Name);
        GuestLifecycle lifecycle = new(host, Client.Timing) { OtherHosts = [.. World.Hosts.Where(other => other != Source).Select(Session)] };
        return $"{(await lifecycle.UnpauseAsync(guest, Stop.Token)).Activity}";
    }
}
