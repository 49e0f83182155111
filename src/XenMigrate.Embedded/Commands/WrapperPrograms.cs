namespace XenMigrate.Embedded.Commands;

/// <summary>Programs that run another, or nearly: env, time, and the scripts that sh knows here.</summary>
internal static class WrapperPrograms
{
    /// <summary>
    /// Writes a text to a file: sh -c 'printf %s "$1" > "$2"' sh TEXT FILE. No RemoteCommand has standard input, so a
    /// text travels as an argument; on a real host these words do the same.
    /// </summary>
    public const string WriteScript = "printf %s \"$1\" > \"$2\"";

    public static void AddTo(ProgramTable table)
    {
        table.AddLong("env", EnvironmentAsync);
        table.AddLong("time", TimeAsync);
        table.AddLong("sh", call => GuardProgram.Is(call) ? GuardProgram.RunAsync(call) : Task.FromResult(Shell(call)));
    }

    private static async Task<int> EnvironmentAsync(Invocation call)
    {
        Dictionary<string, string> variables = new(call.Environment);
        int at = 1;
        for (; at < call.Words.Count && call.Words[at].IndexOf('=') is > 0 and int equals; at++)
        {
            variables[call.Words[at][..equals]] = call.Words[at][(equals + 1)..];
        }

        if (at == call.Words.Count)
        {
            foreach ((string name, string value) in variables)
            {
                call.WriteLine($"{name}={value}");
            }

            return 0;
        }

        string[] words = new string[call.Words.Count - at];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = call.Words[at + i];
        }

        return call.Host.Programs.Has(words[0][(words[0].LastIndexOf('/') + 1)..])
            ? await call.Host.Programs.RunAsync(call with { Words = words, Environment = variables }).ConfigureAwait(false)
            : call.Fail($"env: {words[0]}: No such file or directory", 127);
    }

    private static async Task<int> TimeAsync(Invocation call)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int exitCode = call.Arguments.Count == 0
            ? 0
            : await call.Host.Programs.RunAsync(call with { Words = call.Arguments }).ConfigureAwait(false);
        call.Output.WriteError(string.Format(
            CultureInfo.InvariantCulture, "\nreal\t{0}m{1:0.000}s\nuser\t0m0.068s\nsys\t0m0.052s", (int)clock.Elapsed.TotalMinutes, clock.Elapsed.TotalSeconds % 60));
        return exitCode;
    }

    private static int Shell(Invocation call)
    {
        if (RelocationWrite.Is(call.Words))
        {
            return ReplaceProgram.Run(call);
        }

        if (call.Arguments is ["-c", StorageToken.WriteScript, _, string token, string word])
        {
            return WriteNew(call, token, word);
        }

        if (call.Arguments is ["-c", XcRestore.EndScript, _, string guest])
        {
            return EndRestore(call, guest);
        }

        if (call.Arguments is ["-c", FreshFile.Script, _, string image])
        {
            return MakeFresh(call, image);
        }

        if (call.Arguments is ["-c", XendDestinationLog.Script, _, string seconds, string log])
        {
            return WriteRecent(call, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), log);
        }

        if (call.Arguments is not ["-c", WriteScript, _, string text, string path])
        {
            return call.Fail("sh: an embedded host has no shell: it knows programs, and scripts that write a file", 127);
        }

        try
        {
            _ = call.Host.Files.Write(path, text);
            return 0;
        }
        catch (FileFailure e)
        {
            return call.Fail($"sh: {path}: {e.Message}");
        }
    }

    private static int WriteRecent(Invocation call, TimeSpan age, string path)
    {
        if (call.Host.Files.Find(path) is null)
        {
            return call.Fail($"awk: cannot open {path} (No such file or directory)", 2);
        }

        string since = (call.Host.Now() - age).UtcDateTime.ToString("'['yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        call.Write(string.Concat(call.Host.Files.ReadText(path).Split('\n').Where(line => string.CompareOrdinal(line, since) >= 0).Select(line => line + "\n")));
        return 0;
    }

    private static int EndRestore(Invocation call, string guest)
    {
        HostProcess? restore = call.Host.Processes.All.FirstOrDefault(
            process => XcRestore.Guest(process.CommandLine)?.ToString(CultureInfo.InvariantCulture) == guest);
        if (restore is null)
        {
            return call.Fail($"no single xc_restore is at work on domain {guest}");
        }

        restore.Terminate();
        return 0;
    }

    private static int MakeFresh(Invocation call, string path)
    {
        try
        {
            if (call.Host.Files.Find(path) is not null)
            {
                call.Host.Files.Remove(path);
            }

            call.Host.Files.Write(path, "").Mode = 0x180;
            return 0;
        }
        catch (FileFailure e)
        {
            return call.Fail($"sh: {path}: {e.Message}");
        }
    }

    /// <summary>The same under noclobber, which never writes over a file.</summary>
    private static int WriteNew(Invocation call, string path, string text)
    {
        if (call.Host.Files.Find(path) is not null)
        {
            return call.Fail($"sh: {path}: cannot overwrite existing file");
        }

        try
        {
            _ = call.Host.Files.Write(path, text);
            return 0;
        }
        catch (FileFailure e)
        {
            return call.Fail($"sh: {path}: {e.Message}");
        }
    }
}
