namespace XenMigrate.Embedded.Commands;

/// <summary>tail: the end of a file, and what is added to it.</summary>
internal sealed class TailProgram(HostFiles files, Machine machine)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(50);

    public void AddTo(ProgramTable table) => table.AddLong("tail", RunAsync);

    private async Task<int> RunAsync(Invocation call)
    {
        Options options = Options.Read(call, "fFq", "cn");
        if (options.Problem is not null
            || !int.TryParse(options["c"] ?? options["n"] ?? "10", NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || options.Operands is not [string path])
        {
            return call.Fail($"tail: {options.Problem ?? "invalid number of lines"}\nTry `tail --help' for more information.");
        }

        byte[] bytes;
        try
        {
            bytes = files.ReadBytes(path);
        }
        catch (FileFailure e)
        {
            call.Output.WriteError($"tail: cannot open `{path}' for reading: {e.Message}");
            if (!options.Has("F"))
            {
                return 1;
            }

            bytes = [];
        }

        call.Write(Encoding.UTF8.GetString(bytes, Start(bytes, count, options.Has("c")) is var start ? start : 0, bytes.Length - start));
        if (options.Has("f") || options.Has("F"))
        {
            await FollowAsync(call, path, bytes.Length).ConfigureAwait(false);
        }

        return 0;
    }

    private async Task FollowAsync(Invocation call, string path, int from)
    {
        // A session that broke cancels nothing; the end of the host does end it.
        while (machine.IsOn)
        {
            await Task.Delay(s_lookAgain, call.CancellationToken).ConfigureAwait(false);
            byte[] bytes = files.Find(path) is { IsFolder: false } ? files.ReadBytes(path) : [];
            // A file that shrank was begun anew.
            from = bytes.Length < from ? 0 : from;
            call.Write(Encoding.UTF8.GetString(bytes, from, bytes.Length - from));
            from = bytes.Length;
        }
    }

    private static int Start(byte[] bytes, int count, bool inBytes)
    {
        if (inBytes)
        {
            return Math.Max(0, bytes.Length - count);
        }

        // The line ends, from the last one; a last line without an end is a line too.
        int[] ends = [.. Enumerable.Range(0, bytes.Length).Where(i => bytes[i] == '\n' && i < bytes.Length - 1)];
        return count == 0 ? bytes.Length : ends.Length < count ? 0 : ends[^count] + 1;
    }
}
