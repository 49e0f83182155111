namespace XenMigrate.Embedded.Commands;

/// <summary>file: what a file seems to be.</summary>
internal sealed class FileTypeProgram(HostFiles files)
{
    public void AddTo(ProgramTable table) => table.Add("file", Run);

    private int Run(Invocation call)
    {
        Options options = Options.Read(call, "bLs");
        if (options.Operands.Count == 0)
        {
            return call.Fail("Usage: file [-bcikLhnNsvz] [-f namefile] [-F separator] [-m magicfiles] file...");
        }

        foreach (string path in options.Operands)
        {
            string kind;
            try
            {
                FileNode node = files.Get(path);
                kind = node.Kind switch
                {
                    FileKind.Folder => "directory",
                    _ => Kind(files.ReadBytes(path, 0, 512)),
                };
            }
            catch (FileFailure e)
            {
                kind = $"ERROR: cannot open `{path}' ({e.Message})";
            }

            call.WriteLine(options.Has("b") ? kind : $"{path}: {kind}");
        }

        return 0;
    }

    private static string Kind(byte[] head) => head.Length == 0 ? "empty"
        : head.Length == 512 && head[510] == 0x55 && head[511] == 0xaa ? BootSector(head)
        : head.AsSpan().StartsWith(XendImageFormat.Magic) ? "data"
        : head.All(b => b is >= 0x20 and < 0x7f or (byte)'\n' or (byte)'\t') ? "ASCII text"
        : "data";

    private static string BootSector(byte[] head)
    {
        StringBuilder text = new("x86 boot sector");
        for (int i = 0; i < 4; i++)
        {
            ReadOnlySpan<byte> entry = head.AsSpan(446 + (i * 16), 16);
            if (entry[4] != 0)
            {
                _ = text.Append(FormattableString.Invariant($"; partition {i + 1}: ID=0x{entry[4]:x}{(entry[0] == 0x80 ? ", active" : "")}, "))
                    .Append(FormattableString.Invariant($"starthead {entry[1]}, startsector {BinaryPrimitives.ReadUInt32LittleEndian(entry[8..])}, "))
                    .Append(FormattableString.Invariant($"{BinaryPrimitives.ReadUInt32LittleEndian(entry[12..])} sectors"));
            }
        }

        return text.Append(FormattableString.Invariant($", code offset 0x{head[1]:x}")).ToString();
    }
}
