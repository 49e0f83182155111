namespace XenMigrate.Embedded.Commands;

/// <summary>The programs that an embedded host has installed, by name.</summary>
internal sealed class ProgramTable
{
    private readonly Dictionary<string, Func<Invocation, Task<int>>> _programs = new(StringComparer.Ordinal);

    public static ProgramTable Installed { get; } = Install();

    public void Add(string name, Func<Invocation, int> program) => _programs.Add(name, call => Task.FromResult(program(call)));

    public void AddLong(string name, Func<Invocation, Task<int>> program) => _programs.Add(name, program);

    public bool Has(string name) => _programs.ContainsKey(name);

    public async Task<int> RunAsync(Invocation call)
    {
        if (!_programs.TryGetValue(call.Program, out Func<Invocation, Task<int>>? program))
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

    private static ProgramTable Install()
    {
        ProgramTable table = new();
        FilePrograms.AddTo(table);
        FileChangePrograms.AddTo(table);
        TextPrograms.AddTo(table);
        TailProgram.AddTo(table);
        StatPrograms.AddTo(table);
        MountPrograms.AddTo(table);
        FileTypeProgram.AddTo(table);
        SystemPrograms.AddTo(table);
        TimeServerProgram.AddTo(table);
        XenstoreProgram.AddTo(table);
        ProcessPrograms.AddTo(table);
        NetworkPrograms.AddTo(table);
        SocketPrograms.AddTo(table);
        WrapperPrograms.AddTo(table);
        ReplaceProgram.AddTo(table);
        ServiceProgram.AddTo(table);
        XmProgram.AddTo(table);
        XlProgram.AddTo(table);
        VirshProgram.AddTo(table);
        return table;
    }
}
