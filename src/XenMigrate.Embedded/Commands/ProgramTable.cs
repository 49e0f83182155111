namespace XenMigrate.Embedded.Commands;

/// <summary>The programs that an embedded host has installed, by name, and the scripts of ours that it knows, by what they are for.</summary>
internal sealed class ProgramTable
{
    private readonly Dictionary<string, Func<Invocation, Task<int>>> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Invocation, Task<int>>> _scripts = new(StringComparer.Ordinal);

    public void Add(string name, Func<Invocation, int> program) => _programs.Add(name, call => Task.FromResult(program(call)));

    public void AddLong(string name, Func<Invocation, Task<int>> program) => _programs.Add(name, program);

    public void AddScript(string name, Func<Invocation, int> script) => _scripts.Add(name, call => Task.FromResult(script(call)));

    public void AddLongScript(string name, Func<Invocation, Task<int>> script) => _scripts.Add(name, script);

    public bool Has(string name) => _programs.ContainsKey(name);

    public async Task<int> RunAsync(Invocation call)
    {
        Func<Invocation, Task<int>>? program = _scripts.GetValueOrDefault(call.Script?.Name ?? "") ?? _programs.GetValueOrDefault(call.Program);
        if (program is null)
        {
            return call.FailAsMissing();
        }

        try
        {
            return await program(call).ConfigureAwait(false);
        }
        catch (FileFailure e)
        {
            // A program that names the file itself has caught it before.
            return call.FailAs(e.Message);
        }
    }
}
