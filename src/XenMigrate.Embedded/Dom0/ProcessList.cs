namespace XenMigrate.Embedded.Dom0;

/// <summary>A process that pkill can find.</summary>
internal sealed record HostProcess(int Id, string CommandLine, Action Terminate);

/// <summary>The processes of a host, as far as anybody could want to end one.</summary>
internal sealed class ProcessList
{
    private readonly object _lock = new();
    private readonly List<HostProcess> _processes = [];
    private int _lastId = 4200;

    public IReadOnlyList<HostProcess> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _processes];
            }
        }
    }

    public HostProcess Add(string commandLine, Action terminate, int? id = null)
    {
        lock (_lock)
        {
            HostProcess process = new(id ?? ++_lastId, commandLine, terminate);
            _processes.Add(process);
            return process;
        }
    }

    public void Remove(HostProcess process)
    {
        lock (_lock)
        {
            _ = _processes.Remove(process);
        }
    }

    public HostProcess? Find(int id) => All.FirstOrDefault(process => process.Id == id);
}
