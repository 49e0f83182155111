namespace XenMigrate.Simulation.Libvirt;

/// <summary>The destination's libvirt daemon, as far as one guest goes.</summary>
internal sealed class LibvirtReceiver(SimulatedHost host, Transport transport, string who)
{
    private readonly World _world = host.World;
    private readonly HostProcess _restore = host.Start("libxl-save-helper", "/usr/lib/xen/bin/libxl-save-helper --restore-domain 30 5 0 1 0 0");

    public async Task RunAsync()
    {
        if (await transport.ToReceiver.ReadAsync(_restore) is not MoveMessage.Header header)
        {
            _restore.End();
            return;
        }

        await _restore.WaitAsync(_world.Between(0.05, 0.5));
        if (host.Copies.Any(other => other.Name == header.Name))
        {
            _restore.End();
            transport.Close();
            return;
        }

        Copy copy = host.Add(header.Name, header.Guest, memory: -1);
        _world.Log($"{host}: {copy} is begun");
        if (await transport.ToReceiver.ReadAsync(_restore) is not MoveMessage.Memory memory)
        {
            await _restore.WaitAsync(_world.Between(0.05, 3));
            if (copy.IsThere)
            {
                host.Remove(copy, $"{who}, its receiver that gave up");
                _world.Lost(copy.Guest, "taken away by libvirt");
            }

            _restore.End();
            return;
        }

        await _restore.WaitAsync(_world.Between(0.05, 1));
        _restore.End();
        if (copy.IsThere)
        {
            copy.Memory = memory.Value;
            copy.Become(CopyState.Paused, _world.Now);
            _world.Log($"{host}: {copy} is whole");
        }

        await FinishAsync(copy);
    }

    /// <summary>It waits for virsh's word, for ever if need be.</summary>
    private async Task FinishAsync(Copy copy)
    {
        HostProcess daemon = host.Start("libvirtd", "/usr/sbin/libvirtd");
        object? word = await transport.ToReceiver.ReadAsync(daemon);
        if (word is MoveMessage.Go)
        {
            await daemon.WaitAsync(_world.Between(0.005, 0.3));
            bool starts = copy.IsThere;
            if (starts)
            {
                XlActs.Unpause(host, copy, $"{who}, its receiver");
            }

            transport.Send(transport.ToSender, new MoveMessage.Report(starts ? 0 : 1));
        }

        daemon.End();
    }
}
