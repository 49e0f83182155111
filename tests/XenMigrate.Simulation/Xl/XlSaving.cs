namespace XenMigrate.Simulation.Xl;

/// <summary>xl save: the guest stands still while its image is written, and stays so, or ends.</summary>
internal sealed class XlSaving(Execution execution, string id, string path, bool staysPaused)
{
    private readonly World _world = execution.Host.World;
    private readonly SimulatedHost _host = execution.Host;
    private readonly HostProcess _process = execution.Process = execution.Host.Start("xl", $"xl save -p {id} {path}");

    public async Task RunAsync()
    {
        execution.Complain($"xenmigrate-process {_process.Id}");
        await _process.WaitAsync(_world.Between(0.05, 0.3));
        if (_host.Find(id) is not { } copy)
        {
            End(1, $"libxl: error: Domain {id}: unable to retrieve domain configuration");
            return;
        }

        _world.Images[path] = new Image(copy.Guest, copy.Name, -1);
        if (!await SuspendAsync(copy))
        {
            End(1, "Failed to save domain, resuming domain");
            return;
        }

        _world.Images[path] = new Image(copy.Guest, copy.Name, copy.Memory);
        for (int percent = 0; percent <= 100; percent += 25)
        {
            execution.Complain(string.Create(CultureInfo.InvariantCulture, $"xc: progress: Frames: {percent * 320}/32000  {percent,3}%"));
            await _process.WaitAsync(_world.Between(0.5, 5));
        }

        if (!copy.IsThere)
        {
            End(1, "Failed to save domain, resuming domain");
            return;
        }

        _world.Images[path] = new Image(copy.Guest, copy.Name, copy.Memory) { IsWhole = true };
        if (!staysPaused)
        {
            _host.Remove(copy, execution.Who);
            _world.Lost(copy.Guest, "saved");
        }
        else if (copy.State == CopyState.Suspended)
        {
            copy.Become(CopyState.Paused, _world.Now);
        }

        _world.Log($"{_host}: {copy}, saved");
        // The guard looks once more, after the tool.
        await _process.WaitAsync(_world.Between(0.01, 0.1));
        Guard.Leave(execution);
        End(0, null);
    }

    private async Task<bool> SuspendAsync(Copy copy)
    {
        for (int seconds = 0; seconds < 60 && copy.IsThere; seconds++)
        {
            if (copy.Runs)
            {
                copy.Become(CopyState.Suspended, _world.Now);
                _world.Changed(execution.Who);
                _world.Log($"{_host}: {copy}");
                return true;
            }

            await _process.WaitAsync(TimeSpan.FromSeconds(1));
        }

        return false;
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
