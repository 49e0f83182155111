namespace XenMigrate.Simulation.Xl;

/// <summary>xl restore -p: the guest is built from its image, stays paused, and gets another name at once; or it runs.</summary>
internal sealed class XlRestoring(Execution execution, string path, string? name)
{
    private readonly World _world = execution.Host.World;
    private readonly SimulatedHost _host = execution.Host;
    private readonly HostProcess _process = execution.Process = execution.Host.Start("xl", $"xl restore -p {path}");

    public async Task RunAsync()
    {
        execution.Complain($"xenmigrate-process {_process.Id}");
        await _process.WaitAsync(_world.Between(0.05, 0.3));
        if (!_world.Images.TryGetValue(path, out Image? image))
        {
            End(1, $"Failed to open {path}");
            return;
        }

        if (_host.Copies.Any(other => other.Name == image.Name))
        {
            End(1, $"Domain with name \"{image.Name}\" already exists.");
            return;
        }

        Copy copy = _host.Add(image.Name, image.Guest, memory: -1);
        _world.Log($"{_host}: {copy} is begun");
        for (int part = 0; part < 3; part++)
        {
            await _process.WaitAsync(_world.Between(0.5, 6));
        }

        if (!image.IsWhole || !_world.Images.ContainsKey(path) || !copy.IsThere)
        {
            if (copy.IsThere)
            {
                _world.Destroy(_host, copy, $"{execution.Who}, which failed");
            }

            End(1, "xc: error: Restore failed");
            return;
        }

        copy.Memory = image.Memory;
        copy.Become(CopyState.Paused, _world.Now);
        _world.Log($"{_host}: {copy} is whole");
        await _process.WaitAsync(_world.Between(0.01, 0.5));
        if (name is null)
        {
            XlActs.Unpause(_host, copy, execution.Who);
            End(copy.IsThere ? 0 : 1, null);
            return;
        }

        bool isNamed = copy.IsThere && XlActs.Rename(_host, copy, name, execution.Who);
        End(isNamed ? 0 : 1, isNamed ? null : $"Domain with name \"{name}\" already exists.");
    }

    private void End(int code, string? line)
    {
        if (line is not null)
        {
            execution.Complain(line);
        }

        execution.End(code);
    }
}
