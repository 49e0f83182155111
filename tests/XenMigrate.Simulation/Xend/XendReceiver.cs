namespace XenMigrate.Simulation.Xend;

/// <summary>xend's relocation server, as far as one guest goes: half a guest has the plain name already.</summary>
internal sealed class XendReceiver(SimulatedHost host, Transport transport, string who)
{
    private readonly World _world = host.World;
    private readonly HostProcess _restore = host.Start("xc_restore", "/usr/lib64/xen/bin/xc_restore 4 0 1 2 0 0 0");

    public async Task RunAsync()
    {
        _restore.Ended += transport.Break;
        if (await transport.ToReceiver.ReadAsync(_restore) is not MoveMessage.Header header)
        {
            _restore.End();
            return;
        }

        await _restore.WaitAsync(_world.Between(0.05, 0.5));
        if (host.Copies.Any(other => other.Name == header.Name))
        {
            host.Log($"[2026-11-22 22:00:00 3445] ERROR (XendDomain:1194) VmError: VM name '{header.Name}' already exists");
            _restore.End();
            return;
        }

        Copy copy = host.Add(header.Name, header.Guest, memory: -1);
        _restore.Words = string.Create(CultureInfo.InvariantCulture, $"/usr/lib64/xen/bin/xc_restore 4 {copy.Id} 1 2 0 0 0");
        _restore.Ended += () => TakeAway(copy);
        _world.Log($"{host}: {copy} is begun");
        if (await transport.ToReceiver.ReadAsync(_restore) is not MoveMessage.Memory memory)
        {
            await GiveUpAsync(copy, "Restore failed");
            return;
        }

        await _restore.WaitAsync(_world.Between(0.05, 1));
        if (!copy.IsThere)
        {
            _restore.End();
            return;
        }

        copy.Memory = memory.Value;
        copy.Become(CopyState.Paused, _world.Now);
        _world.Log($"{host}: {copy} is whole");
        await WakeAsync(copy);
    }

    /// <summary>It waits for the guest's devices; the source does not wait for it.</summary>
    private async Task WakeAsync(Copy copy)
    {
        HostProcess xend = host.Start("python", "python /usr/sbin/xend start");
        xend.IsDaemon = true;
        _restore.Ended -= transport.Break;
        _restore.End();
        bool fails = _world.Chance(0.02);
        await xend.WaitAsync(fails || _world.Chance(0.05) ? _world.Between(50, 100) : _world.Between(0.1, 3));
        if (fails)
        {
            host.Log("[2026-11-22 22:00:00 3445] ERROR (XendDomainInfo:2900) Device 0 (vif) could not be connected. Hotplug scripts not working.");
            await GiveUpAsync(copy, "no device");
        }
        else if (copy.IsThere)
        {
            XlActs.Unpause(host, copy, who);
        }

        xend.End();
    }

    /// <summary>Its memory stopped coming in: xend has no use for what came.</summary>
    private void TakeAway(Copy copy) => host.After(_world.Between(0.05, 1), () =>
    {
        if (copy is { IsThere: true, State: CopyState.Building })
        {
            host.Remove(copy, $"{who}, whose xc_restore ended");
            _world.Lost(copy.Guest, "taken away by xend");
        }
    });

    private async Task GiveUpAsync(Copy copy, string why)
    {
        _world.Log($"{host}: {why}");
        await host.WaitAsync(_world.Between(0.05, 3));
        if (copy.IsThere)
        {
            host.Remove(copy, $"{who}, which gave up");
            _world.Lost(copy.Guest, "taken away by xend");
        }

        _restore.End();
    }
}
