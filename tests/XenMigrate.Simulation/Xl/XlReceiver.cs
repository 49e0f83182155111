namespace XenMigrate.Simulation.Xl;

/// <summary>xl migrate-receive, which the sender's ssh starts.</summary>
internal sealed class XlReceiver(SimulatedHost host, IToolOutput output, Transport transport)
{
    private readonly World _world = host.World;
    private readonly HostProcess _process = host.Start("xl", "xl -vvv migrate-receive");

    public async Task RunAsync()
    {
        _process.Ended += transport.Close;
        await _process.WaitAsync(_world.Between(0.1, 0.8));
        Tell("migration target: Ready to receive domain.");
        transport.Send(transport.ToSender, new MoveMessage.Banner());
        if (await transport.ToReceiver.ReadAsync(_process) is not MoveMessage.Header header)
        {
            _process.End();
            return;
        }

        await _process.WaitAsync(_world.Between(0.05, 0.5));
        string incoming = header.Name + "--incoming";
        if (host.Copies.Any(other => other.Name == incoming))
        {
            Tell($"Domain with name \"{incoming}\" already exists.");
            Tell("migration target: Domain creation failed (code -3).");
            _process.End();
            return;
        }

        await ReceiveAsync(host.Add(incoming, header.Guest, memory: -1), header.Name);
    }

    private async Task ReceiveAsync(Copy copy, string name)
    {
        _world.Log($"{host}: {copy} is begun");
        if (await transport.ToReceiver.ReadAsync(_process) is not MoveMessage.Memory memory)
        {
            await GiveUpAsync(copy, "migration target: Domain creation failed (code -3).");
            return;
        }

        await _process.WaitAsync(_world.Between(0.05, 1));
        if (copy.IsThere)
        {
            copy.Memory = memory.Value;
            copy.Become(CopyState.Paused, _world.Now);
            _world.Log($"{host}: {copy} is whole");
        }

        Tell("migration target: Transfer complete, requesting permission to start domain.");
        transport.Send(transport.ToSender, new MoveMessage.Ready());
        if (await transport.ToReceiver.ReadAsync(_process) is not MoveMessage.Go)
        {
            await GiveUpAsync(copy, "migration target: Failure, destroying our copy.");
            return;
        }

        Tell("migration target: Got permission, starting domain.");
        await _process.WaitAsync(_world.Between(0.005, 0.3));
        if (!copy.IsThere || !XlActs.Rename(host, copy, name, output.Who))
        {
            transport.Send(transport.ToSender, new MoveMessage.Report(6));
            await GiveUpAsync(copy, "migration target: Failure, destroying our copy.");
            return;
        }

        XlActs.Unpause(host, copy, $"{output.Who}, its receiver");
        Tell("migration target: Domain started successsfully.");
        transport.Send(transport.ToSender, new MoveMessage.Report(0));
        _process.IsDaemon = true;
        _process.Ended -= transport.Close;
    }

    private async Task GiveUpAsync(Copy copy, string why)
    {
        Tell(why);
        await _process.WaitAsync(_world.Between(0.05, 3));
        if (copy.IsThere)
        {
            // It can't know that there may be no other.
            host.Remove(copy, $"{output.Who}, its receiver that gave up");
            _world.Lost(copy.Guest, "taken away by xl");
        }

        _process.End();
    }

    /// <summary>It writes to the sender's host, by ssh.</summary>
    private void Tell(string text)
    {
        if (!transport.IsBroken)
        {
            output.Complain(text);
        }
    }
}
