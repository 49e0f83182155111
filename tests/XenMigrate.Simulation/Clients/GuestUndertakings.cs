namespace XenMigrate.Simulation.Clients;

/// <summary>Resume-Guest, by somebody who knows nothing of a move.</summary>
internal sealed class ResumeUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Resume-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync()
    {
        HostSession host = Session(Source);
        return $"{(await Lifecycle(host).UnpauseAsync(await FindAsync(host), Stop.Token)).Activity}";
    }
}

/// <summary>Save-Guest: the guest ends, and is in a file then.</summary>
internal sealed class SaveUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host, string path)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Save-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync()
    {
        HostSession host = Session(Source);
        SaveOptions options = new() { Mode = SaveMode.Destroy, Overwrite = true, SkipVerify = true };
        return $"{await new GuestSaver(host, Client.Timing).SaveAsync(await FindAsync(host), path, options, null, Stop.Token)}";
    }
}

/// <summary>Restore-Guest, of an image that was looked at before.</summary>
internal sealed class RestoreUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host, string path)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Restore-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync()
    {
        SavedGuest saved = new(Guest.Name, Guest.Uuid, Source.Name, path, 134492495, DateTimeOffset.UnixEpoch);
        RestorePlan plan = new(new SimulatedImage(saved), Stale: null) { OtherHosts = OtherHosts };
        return $"{(await new GuestRestorer(Session(Source), Client.Timing).RestoreAsync(plan, new RestoreOptions { RemoveFile = true }, null, Stop.Token)).Activity}";
    }

    private sealed record SimulatedImage(SavedGuest Saved) : GuestImage(Saved)
    {
        public override ToolstackKind Toolstack => ToolstackKind.Xl;

        public override IReadOnlyList<GuestDisk> Disks => [];
    }
}

/// <summary>Start-Guest.</summary>
internal sealed class StartUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Start-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync() =>
        $"{(await Lifecycle(Session(Source)).StartAsync("/etc/xen/web.cfg", paused: false, Stop.Token)).Activity}";
}

/// <summary>Stop-Guest.</summary>
internal sealed class ShutDownUndertaking(World world, Client client, GuestTruth guest, SimulatedHost host)
    : Undertaking(world, client, guest, host, host)
{
    public override string ToString() => $"Stop-Guest of {Guest.Name} on {Source}";

    protected override async Task<string> WorkAsync()
    {
        HostSession host = Session(Source);
        await Lifecycle(host).ShutDownAsync(await FindAsync(host), TimeSpan.FromMinutes(1), Stop.Token);
        return "it is shut down";
    }
}
