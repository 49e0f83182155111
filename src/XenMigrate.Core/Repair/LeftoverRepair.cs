namespace XenMigrate.Repair;

/// <summary>Destroys what an earlier move left of a guest, once it is certain that the guest itself is somewhere else.</summary>
internal sealed class LeftoverRepair : CheckRepair
{
    public override Mendable Mends => Mendable.Leftovers;

    public override async Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        LeftoverDecision decision = LeftoverDecision.Of(
            View(scene.Facts.Source, scene.Guest!), View(scene.Facts.Destination, scene.Guest!));
        if (decision.Why is not null)
        {
            return RepairPlan.Leave(decision.Why);
        }

        if (await ObstacleAsync(scene, decision, cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return RepairPlan.Leave(obstacle);
        }

        return decision.Stale.Count == 0
            ? RepairPlan.Leave("What is left belongs to another guest of that name: its uuid is another.")
            : new RepairPlan([.. decision.Stale.Select(copy => Destroy(scene, copy, decision.Keeper!))]);
    }

    private static HostView View(HostFacts facts, Guest guest) => facts.Guests.Value is { } guests
        ? HostView.Of(facts.Host, guests, guest)
        : HostView.Silent(facts.Host, facts.Guests.Problem ?? "it does not answer");

    private static RepairStep Destroy(RepairScene scene, StaleCopy copy, StaleCopy keeper) => new(
        copy.Host,
        $"Destroy {copy.Guest.Name} (id {copy.Guest.Id}, {copy.Guest.Activity}), a copy left by an earlier move; the guest itself is {keeper}",
        async token =>
        {
            GuestLease lease = GuestLease.Of(copy.Guest, $"destroys {copy.Guest.Name} on {copy.Host}, left by a move", scene.Timing);
            return await lease.DuringAsync<string?>(async () =>
            {
                await lease.TakeAsync(scene.Source.Shell, copy.Guest.Name, token).ConfigureAwait(false);
                await lease.TakeAsync(scene.Destination.Shell, copy.Guest.Name, token).ConfigureAwait(false);
                await RequireSameAsync(scene, copy, token).ConfigureAwait(false);
                await new GuestLifecycle(HostOf(scene, copy), scene.Timing) { SettlesMoves = true, Lease = lease }
                    .DestroyStillAsync(copy.Guest, token).ConfigureAwait(false);
                return null;
            }).ConfigureAwait(false);
        })
    {
        Commands = [$"{copy.Guest.Toolstack.Tool()} destroy {copy.Guest.Id}"],
    };

    private static HostSession HostOf(RepairScene scene, StaleCopy copy) =>
        copy.Host == scene.Source.ComputerName ? scene.Source : scene.Destination;

    /// <summary>While somebody thought about a question, a move may have begun or ended.</summary>
    private static async Task RequireSameAsync(RepairScene scene, StaleCopy copy, CancellationToken cancellationToken)
    {
        Task<HostView> here = LookAsync(scene.Source, scene.Guest!, cancellationToken);
        Task<HostView> there = LookAsync(scene.Destination, scene.Guest!, cancellationToken);
        LeftoverDecision now = LeftoverDecision.Of(await here.ConfigureAwait(false), await there.ConfigureAwait(false));
        string? changed = now.Why
            ?? (now.Stale.Any(copy.Is) ? null : "it is not as it was found.")
            ?? await ObstacleAsync(scene, now, cancellationToken).ConfigureAwait(false);
        if (changed is not null)
        {
            throw new GuestStateUnexpectedException(copy.Guest.Name, copy.Host, $"still {copy.Guest.Activity} and a leftover", changed);
        }
    }

    private static async Task<HostView> LookAsync(HostSession host, Guest guest, CancellationToken cancellationToken) => HostView.Of(
        host.ComputerName,
        await host.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false),
        guest);

    /// <summary>
    /// Why a copy may be none: xl is at work on it, or it is another guest's. xend works without a process that would
    /// show, but once the guest runs somewhere it has nothing more to do with a copy that stands still.
    /// </summary>
    private static async Task<string?> ObstacleAsync(
        RepairScene scene, LeftoverDecision decision, CancellationToken cancellationToken)
    {
        if (scene.Guest!.Uuid is not { } guest)
        {
            return $"The uuid of {scene.Guest} is not known, so what is a copy of it is not certain.";
        }

        if (scene.Guest.Toolstack == ToolstackKind.Xend)
        {
            return decision.Stale.FirstOrDefault(copy => copy.Guest.Uuid != guest) is { } stranger ? Uncertain(stranger) : null;
        }

        if (await MovesUnderWay.FindAsync([scene.Source, scene.Destination], cancellationToken).ConfigureAwait(false) is { } process)
        {
            return $"A move may be under way: {process}. Try again when it has ended.";
        }

        foreach (StaleCopy copy in decision.Stale.Where(copy => copy.Guest.Uuid is null))
        {
            IReadOnlyDictionary<int, Guid> uuids = await XlUuids.Question
                .AskAsync(HostOf(scene, copy).Shell, cancellationToken).ConfigureAwait(false);
            if (!uuids.TryGetValue(copy.Guest.Id!.Value, out Guid uuid) || uuid != guest)
            {
                return Uncertain(copy);
            }
        }

        return null;
    }

    private static string Uncertain(StaleCopy copy) => $"That {copy} is a copy of the guest is not certain: its uuid is another, or not known.";
}
