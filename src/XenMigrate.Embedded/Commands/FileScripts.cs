namespace XenMigrate.Embedded.Commands;

/// <summary>Scripts that make files: in the place of what is there, or only where nothing is.</summary>
internal sealed class FileScripts(HostFiles files)
{
    public void AddTo(ProgramTable table)
    {
        table.AddScript(FreshFile.Name, MakeFresh);
        table.AddScript(StorageToken.Name, WriteNew);
    }

    private int MakeFresh(Invocation call) => Try(call, call.Arguments[0], path =>
    {
        if (files.Find(path) is not null)
        {
            files.Remove(path);
        }

        files.Write(path, "").Mode = 0x180;
    });

    private int WriteNew(Invocation call) => files.Find(call.Arguments[0]) is not null
        ? call.Fail($"sh: {call.Arguments[0]}: cannot overwrite existing file")
        : Try(call, call.Arguments[0], path => files.Write(path, call.Arguments[1]));

    private static int Try(Invocation call, string path, Action<string> act)
    {
        try
        {
            act(path);
            return 0;
        }
        catch (FileFailure e)
        {
            return call.Fail($"sh: {path}: {e.Message}");
        }
    }
}
