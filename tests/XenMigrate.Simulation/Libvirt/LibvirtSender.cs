namespace XenMigrate.Simulation.Libvirt;

/// <summary>
/// virsh migrate: virsh leads the move, and the two daemons make it. What fails after the guest was suspended leaves it so, and
/// what the destination has all of waits there until virsh says that it may run.
/// </summary>
internal sealed class LibvirtSender
{
    private readonly World _world;
    private readonly SimulatedHost _host;
    private readonly IToolOutput _output;
    private readonly string _id;
    private readonly string _address;
    private readonly bool _live;
    private readonly HostProcess _virsh;

    public LibvirtSender(SimulatedHost host, IToolOutput output, string id, string address, bool live)
    {
        _world = host.World;
        _host = host;
        _output = output;
        _id = id;
        _address = address;
        _live = live;
        output.Process = _virsh = host.Start("virsh", $"virsh -q -c xen:///system migrate {id} xen+ssh://{address}/system");
    }

    public async Task RunAsync()
    {
        _output.Complain($"xenmigrate-process {_virsh.Id}");
        await _virsh.WaitAsync(_world.Between(0.1, 0.6));
        SimulatedHost? destination = _world.Hosts.Find(host => host.Name == _address);
        if (_host.Find(_id) is not { } copy || copy.State != CopyState.Running)
        {
            End(1, "error: Requested operation is not valid: domain has to be running");
            return;
        }

        if (destination is null || !destination.IsUp || destination.Hangs || _world.IsLinkDown(_host, destination))
        {
            await _virsh.WaitAsync(TimeSpan.FromSeconds(10));
            End(1, $"error: Cannot recv data: ssh: connect to host {_address} port 22: No route to host");
            return;
        }

        if (destination.Copies.Any(other => other.Name == copy.Name))
        {
            End(1, $"error: operation failed: domain '{copy.Name}' already exists");
            return;
        }

        Transport transport = new(_world, _host, destination);
        _world.Link(_host, destination, transport);
        HostProcess save = _host.Start("libxl-save-helper", $"/usr/lib/xen/bin/libxl-save-helper --save-domain 8 9 {_id} 0 0 0");
        _world.Begin(new LibvirtReceiver(destination, transport, _output.Who).RunAsync());
        transport.Send(transport.ToReceiver, new MoveMessage.Header(copy.Guest, copy.Name));
        bool sent = await SendAsync(copy, transport, save);
        save.End();
        if (!sent)
        {
            transport.Close();
            await _virsh.WaitAsync(_world.Between(0.1, 1));
            End(1, "error: internal error: Failed to send migration data to destination host");
            return;
        }

        await FinishAsync(copy, transport);
    }

    /// <summary>What the source's daemon does, which goes on without virsh. It does not wake a guest that it suspended.</summary>
    private async Task<bool> SendAsync(Copy copy, Transport transport, HostProcess save)
    {
        for (int part = 0; _live && part < 5; part++)
        {
            await save.WaitAsync(part == 0 ? _world.Between(2, 30) : _world.Between(0.1, 2));
            if (transport.ToSender.IsClosed || !copy.IsThere)
            {
                return false;
            }
        }

        for (int seconds = 0; !copy.Runs; seconds++)
        {
            if (seconds == 60 || !copy.IsThere)
            {
                return false;
            }

            await save.WaitAsync(TimeSpan.FromSeconds(1));
        }

        copy.Become(CopyState.Suspended, _world.Now);
        _world.Changed(_output.Who);
        _world.Log($"{_host}: {copy}");
        for (int part = 0; part < 3; part++)
        {
            await save.WaitAsync(_live ? _world.Between(0.02, 1) : _world.Between(1, 10));
            if (transport.ToSender.IsClosed || !copy.IsThere)
            {
                return false;
            }
        }

        transport.Send(transport.ToReceiver, new MoveMessage.Memory(copy.Memory, 0));
        return true;
    }

    private async Task FinishAsync(Copy copy, Transport transport)
    {
        await _virsh.WaitAsync(_world.Between(0.01, 0.2));
        transport.Send(transport.ToReceiver, new MoveMessage.Go());
        if (await transport.ToSender.ReadAsync(_virsh) is not MoveMessage.Report { Status: 0 })
        {
            End(1, "error: internal error: Migration failed. Domain is not running on destination host");
            return;
        }

        await _virsh.WaitAsync(_world.Between(0.01, 0.5));
        if (copy.IsThere)
        {
            _world.Destroy(_host, copy, $"{_output.Who}, at its end");
        }

        End(0, null);
    }

    private void End(int code, string? line)
    {
        if (line is not null)
        {
            _output.Complain(line);
        }

        _output.End(code);
    }
}
