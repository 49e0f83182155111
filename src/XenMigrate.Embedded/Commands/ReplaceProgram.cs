namespace XenMigrate.Embedded.Commands;

/// <summary>
/// What XenMigrate changes a configuration file with: od, which shows its bytes, and the script of
/// <see cref="RelocationWrite"/>, which an embedded host knows as a whole.
/// </summary>
internal sealed class ReplaceProgram(HostFiles files)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("od", Dump);
        table.AddScript(RelocationWrite.Name, Replace);
    }

    private int Replace(Invocation call)
    {
        string path = call.Arguments[0];
        string backup = path + call.Arguments[3];
        if (files.Find(path) is not { Kind: FileKind.File })
        {
            return call.Fail($"there is no file {path}", RelocationWrite.NotFound);
        }

        if (files.Find(backup) is not null)
        {
            return call.Fail($"ln: creating hard link `{backup}' to `{path}': File exists", RelocationWrite.Failed);
        }

        if (!files.ReadBytes(path).SequenceEqual(Encoding.Latin1.GetBytes(RelocationFile.Decode(call.Arguments[1]))))
        {
            return RelocationWrite.Changed;
        }

        files.Copy(path, backup, preserve: true);
        // Its mode stays, as that of the script's new file does.
        _ = files.Write(path, new BytesContent(Encoding.Latin1.GetBytes(RelocationFile.Decode(call.Arguments[2]))));
        return 0;
    }

    private int Dump(Invocation call)
    {
        if (call.Arguments is not ["-A", "n", "-v", "-t", "x1", string path])
        {
            return call.FailAs("an embedded host knows od -A n -v -t x1 FILE only");
        }

        try
        {
            foreach (byte[] line in files.ReadBytes(path).Chunk(16))
            {
                call.WriteLine(string.Concat(line.Select(value => $" {value:x2}")));
            }

            return 0;
        }
        catch (FileFailure e)
        {
            return call.FailAs($"{path}: {e.Message}");
        }
    }
}
