namespace XenMigrate.Simulation.Xl;

/// <summary>xl migrate, as far as the end of it that sends goes.</summary>
internal sealed class XlSender
{
    private const int Rounds = 5;

    private readonly World _world;
    private readonly SimulatedHost _host;
    private readonly IToolOutput _output;
    private readonly string _id;
    private readonly string _address;
    private readonly HostProcess _process;
    private HostProcess? _ssh;

    /// <param name="host">The source.</param>
    /// <param name="output">Where it writes to, and how it ends.</param>
    /// <param name="id">The guest's domain id.</param>
    /// <param name="address">The destination.</param>
    public XlSender(SimulatedHost host, IToolOutput output, string id, string address)
    {
        _world = host.World;
        _host = host;
        _output = output;
        _id = id;
        _address = address;
        _process = host.Start("xl", $"xl -vvv migrate -s ssh {id} {address}");
        output.Process = _process;
    }

    public async Task RunAsync()
    {
        _output.Complain($"xenmigrate-process {_process.Id}");
        await _process.WaitAsync(_world.Between(0.05, 0.3));
        if (_host.Find(_id) is not { } copy)
        {
            _output.Complain($"libxl: error: Domain {_id}: unable to retrieve domain configuration");
            _output.End(1);
            return;
        }

        string name = copy.Name;
        _ssh = _host.Start("ssh", $"ssh -T {_address} xl migrate-receive");
        _output.Complain($"xenmigrate-transport {_ssh.Id}");
        SimulatedHost? destination = _world.Hosts.Find(host => host.Name == _address);
        if (destination is null || !destination.IsUp || destination.Hangs || _world.IsLinkDown(_host, destination))
        {
            await _process.WaitAsync(TimeSpan.FromSeconds(10));
            _output.Complain($"ssh: connect to host {_address} port 22: Connection timed out");
            Fail("libxl: error: file/stream truncated reading banner from migration receiver stream");
            return;
        }

        Transport transport = new(_world, _host, destination);
        _ssh.Ended += transport.Break;
        _process.Ended += transport.Close;
        _world.Link(_host, destination, transport);
        _world.Begin(new XlReceiver(destination, _output, transport).RunAsync());
        if (await transport.ToSender.ReadAsync(_process) is not MoveMessage.Banner)
        {
            Fail("libxl: error: file/stream truncated reading banner from migration receiver stream");
            return;
        }

        await SendAsync(copy, name, transport);
    }

    private async Task SendAsync(Copy copy, string name, Transport transport)
    {
        _output.Complain("Saving to migration stream new xl format (info 0x3/0x0/1500)");
        _output.Complain($"xc: info: Saving domain {_id}, type x86 PV");
        transport.Send(transport.ToReceiver, new MoveMessage.Header(copy.Guest, name));
        for (int round = 0; round < Rounds; round++)
        {
            await _process.WaitAsync(round == 0 ? _world.Between(2, 30) : _world.Between(0.1, 2));
            if (transport.ToSender.IsClosed || !copy.IsThere)
            {
                Fail("libxl: error: saving domain: domain did not respond to suspend request: Broken pipe", "Migration failed, failed to suspend at sender.");
                return;
            }
        }

        _output.Complain("libxl: debug: libxl_dom_suspend.c: suspend request via XenBus control node");
        await _process.WaitAsync(_world.Between(0.02, 0.4));
        if (!await SuspendAsync(copy))
        {
            Fail("libxl: error: guest didn't acknowledge suspend, cancelling request", "Migration failed, failed to suspend at sender.");
            return;
        }

        _output.Complain("libxl: debug: libxl_dom_suspend.c: guest has suspended");
        await _process.WaitAsync(_world.Between(0.05, 2));
        if (transport.ToSender.IsClosed)
        {
            ResumeOrLeave(copy);
            return;
        }

        transport.Send(transport.ToReceiver, new MoveMessage.Memory(copy.Memory, copy.UsedAt(_world.Now)));
        if (await transport.ToSender.ReadAsync(_process) is not MoveMessage.Ready)
        {
            Resume(copy, "Migration failed, resuming at sender.");
            return;
        }

        await GiveAsync(copy, name, transport);
    }

    private async Task GiveAsync(Copy copy, string name, Transport transport)
    {
        _output.Complain("migration sender: Target has acknowledged transfer.");
        await _process.WaitAsync(_world.Between(0.001, 0.1));
        // It names the guest by the name that it had at the beginning, and takes another one for an error.
        if (!copy.IsThere || copy.Name != name || !XlActs.Rename(_host, copy, name + "--migratedaway", _output.Who))
        {
            Resume(copy, "Migration failed, resuming at sender.");
            return;
        }

        _output.Complain("migration sender: Giving target permission to start.");
        transport.Send(transport.ToReceiver, new MoveMessage.Go());
        switch (await transport.ToSender.ReadAsync(_process))
        {
            case MoveMessage.Report { Status: 0 }:
                _output.Complain("migration sender: Target reports successful startup.");
                await _process.WaitAsync(_world.Between(0.01, 1));
                if (copy.IsThere)
                {
                    _world.Destroy(_host, copy, $"{_output.Who}, at its end");
                }

                _output.Complain("Migration successful.");
                End(0);
                break;
            case MoveMessage.Report report:
                _output.Complain($"migration sender: Target reports startup failure (status code {report.Status}).");
                _ = copy.IsThere && XlActs.Rename(_host, copy, name, _output.Who);
                Resume(copy, "Migration failed due to problems at target.");
                break;
            default:
                Fail("** Migration failed during final handshake **");
                break;
        }
    }

    /// <summary>A guest that is paused, or does not listen, does not suspend.</summary>
    private async Task<bool> SuspendAsync(Copy copy)
    {
        for (int seconds = 0; seconds < 60 && copy.IsThere; seconds++)
        {
            if (copy.Runs)
            {
                copy.Become(CopyState.Suspended, _world.Now);
                _world.Changed(_output.Who);
                _world.Log($"{_host}: {copy}");
                return true;
            }

            await _process.WaitAsync(TimeSpan.FromSeconds(1));
        }

        return false;
    }

    /// <summary>With a suspend event channel, xl takes a break for a guest that did not suspend, and does not resume it.</summary>
    private void ResumeOrLeave(Copy copy)
    {
        if (_world.Chance(0.3))
        {
            Fail("libxl: error: domain did not respond to suspend request: Broken pipe", "Migration failed, failed to suspend at sender.");
        }
        else
        {
            Resume(copy, "Migration failed, resuming at sender.");
        }
    }

    private void Resume(Copy copy, string why)
    {
        XlActs.Resume(_host, copy, $"{_output.Who}, which failed");
        Fail(why);
    }

    private void Fail(params string[] lines)
    {
        foreach (string line in lines)
        {
            _output.Complain(line);
        }

        End(1);
    }

    private void End(int code)
    {
        _ssh?.End();
        _output.End(code);
    }
}
