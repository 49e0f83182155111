namespace XenMigrate.Toolstacks;

/// <summary>The table of guests that xl and xm print: a header, and a line for each.</summary>
internal static class GuestTable
{
    /// <exception cref="OutputNotUnderstoodException">There is no header, or a line is no row.</exception>
    public static IReadOnlyList<T> Parse<T>(RemoteCommand command, string output, Func<string, T?> row)
        where T : class
    {
        List<T> rows = [];
        bool inTable = false;

        foreach (string line in OutputLines.Of(command, output))
        {
            if (!inTable)
            {
                inTable = line.StartsWith("Name ", StringComparison.Ordinal) && line.Contains("State");
                continue;
            }

            rows.Add(row(line) ?? throw new OutputNotUnderstoodException(command, $"no row: {line}", output));
        }

        return inTable ? rows : throw new OutputNotUnderstoodException(command, "it has no header", output);
    }
}
