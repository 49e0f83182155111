namespace XenMigrate.Simulation.Xend;

/// <summary>
/// xm migrate: xm only waits, and xend goes on without it. Once all is sent, the source lets its guest go, and hears no more
/// of it.
/// </summary>
internal sealed class XendSender
{
    private readonly World _world;
    private readonly SimulatedHost _host;
    private readonly IToolOutput _output;
    private readonly string _id;
    private readonly string _address;
    private readonly bool _live;
    private readonly HostProcess _xend;
    private HostProcess? _save;

    public XendSender(SimulatedHost host, IToolOutput output, string id, string address, bool live)
    {
        _world = host.World;
        _host = host;
        _output = output;
        _id = id;
        _address = address;
        _live = live;
        _xend = host.Start("python", "python /usr/sbin/xend start");
        _xend.IsDaemon = true;
        output.Process = host.Start("xm", $"python /usr/sbin/xm migrate {id} {address}");
    }

    public async Task RunAsync()
    {
        await _xend.WaitAsync(_world.Between(0.05, 0.5));
        if (_host.Find(_id) is not { } copy)
        {
            End(1, $"Error: Domain '{_id}' does not exist.");
            return;
        }

        string name = copy.Name;
        SimulatedHost? destination = _world.Hosts.Find(host => host.Name == _address);
        if (destination is null || !destination.IsUp || destination.Hangs || _world.IsLinkDown(_host, destination))
        {
            await _xend.WaitAsync(TimeSpan.FromSeconds(10));
            End(1, "Error: can't connect: No route to host");
            return;
        }

        _ = XlActs.Rename(_host, copy, "migrating-" + name, _output.Who);
        _save = _host.Start("xc_save", $"/usr/lib64/xen/bin/xc_save 22 {_id} 0 0 {(_live ? 1 : 0)}");
        Transport transport = new(_world, _host, destination, tellsOfDeath: false);
        _world.Link(_host, destination, transport);
        _save.Ended += Breaks;
        XendReceiver receiver = new(destination, transport, $"{_output.Who}, its receiver");
        _world.Begin(receiver.RunAsync());
        transport.Send(transport.ToReceiver, new MoveMessage.Header(copy.Guest, name));
        await SendAsync(copy, name, transport, Breaks);

        // A host that goes down tells nobody.
        void Breaks()
        {
            if (_host.IsUp)
            {
                transport.Break();
            }
        }
    }

    private async Task SendAsync(Copy copy, string name, Transport transport, Action breaks)
    {
        for (int part = 0; _live && part < 5; part++)
        {
            _host.Log($"[2026-11-22 22:00:00 3445] INFO (XendCheckpoint:247) Saving memory pages: iter 1 {(part + 1) * 20,3}%");
            await _xend.WaitAsync(part == 0 ? _world.Between(2, 30) : _world.Between(0.1, 2));
            if (IsBroken(copy, transport))
            {
                Restore(copy, name);
                return;
            }
        }

        _host.Log($"[2026-11-22 22:00:00 3445] DEBUG (XendCheckpoint:110) [xc_save]: /usr/lib64/xen/bin/xc_save saveInputHandler suspend");
        if (!await SuspendAsync(copy))
        {
            Restore(copy, name);
            return;
        }

        _host.Log($"[2026-11-22 22:00:00 3445] INFO (XendCheckpoint:119) Domain {_id} suspended.");
        for (int part = 0; part < 3; part++)
        {
            await _xend.WaitAsync(_live ? _world.Between(0.02, 1) : _world.Between(1, 10));
            if (IsBroken(copy, transport))
            {
                Restore(copy, name);
                return;
            }
        }

        // xc_save ends once all is in the socket, whoever reads it there.
        transport.Send(transport.ToReceiver, new MoveMessage.Memory(copy.Memory, 0));
        _save!.Ended -= breaks;
        _save.End();
        await _xend.WaitAsync(_world.Between(0.005, 0.3));
        if (copy.IsThere)
        {
            _host.Remove(copy, $"{_output.Who}, at its end");
            _world.Lost(copy.Guest, "lost by xend");
        }

        End(0, null);
    }

    private async Task<bool> SuspendAsync(Copy copy)
    {
        for (int seconds = 0; seconds < 60 && copy.IsThere && _save!.IsAlive; seconds++)
        {
            if (copy.Runs)
            {
                copy.Become(CopyState.Suspended, _world.Now);
                _world.Changed(_output.Who);
                _world.Log($"{_host}: {copy}");
                return true;
            }

            await _xend.WaitAsync(TimeSpan.FromSeconds(1));
        }

        return false;
    }

    private bool IsBroken(Copy copy, Transport transport) => !_save!.IsAlive || transport.ToSender.IsClosed || !copy.IsThere;

    /// <summary>It failed: the guest is woken, and gets its name back.</summary>
    private void Restore(Copy copy, string name)
    {
        _save!.End();
        XlActs.Resume(_host, copy, $"{_output.Who}, which failed");
        _ = copy.IsThere && XlActs.Rename(_host, copy, name, _output.Who);
        End(1, $"Error: /usr/lib64/xen/bin/xc_save 22 {_id} 0 0 {(_live ? 1 : 0)} failed");
    }

    private void End(int code, string? line)
    {
        if (line is not null)
        {
            _output.Complain(line);
        }

        _xend.End();
        _output.End(code);
    }
}
