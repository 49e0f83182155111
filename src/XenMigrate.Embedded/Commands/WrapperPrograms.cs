namespace XenMigrate.Embedded.Commands;

/// <summary>Programs that run another, or would: env, time and sh.</summary>
internal static class WrapperPrograms
{
    public static void AddTo(ProgramTable table)
    {
        table.AddLong("env", call => EnvironmentAsync(call, table));
        table.AddLong("time", call => TimeAsync(call, table));
        table.Add("sh", call => call.Fail("sh: an embedded host has no shell: it knows programs, and scripts that write a file", 127));
    }

    private static async Task<int> EnvironmentAsync(Invocation call, ProgramTable table)
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

        return table.Has(words[0][(words[0].LastIndexOf('/') + 1)..])
            ? await table.RunAsync(call with { Words = words, Environment = variables }).ConfigureAwait(false)
            : call.Fail($"env: {words[0]}: No such file or directory", 127);
    }

    private static async Task<int> TimeAsync(Invocation call, ProgramTable table)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int exitCode = call.Arguments.Count == 0
            ? 0
            : await table.RunAsync(call with { Words = call.Arguments }).ConfigureAwait(false);
        call.Output.WriteError(string.Format(
            CultureInfo.InvariantCulture, "\nreal\t{0}m{1:0.000}s\nuser\t0m0.068s\nsys\t0m0.052s", (int)clock.Elapsed.TotalMinutes, clock.Elapsed.TotalSeconds % 60));
        return exitCode;
    }
}
