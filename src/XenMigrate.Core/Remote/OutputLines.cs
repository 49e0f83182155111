namespace XenMigrate.Remote;

/// <summary>The lines of a remote output that patterns are held against.</summary>
internal static class OutputLines
{
    /// <summary>No tool writes a longer one, and a pattern may take the square of a line's length.</summary>
    public const int Longest = 8 * 1024;

    /// <summary>The lines that are not empty, without their ends.</summary>
    /// <exception cref="OutputNotUnderstoodException">A line is too long to be one.</exception>
    public static IEnumerable<string> Of(RemoteCommand command, string output)
    {
        for (int start = 0; start < output.Length;)
        {
            int newline = output.IndexOf('\n', start);
            int end = newline < 0 ? output.Length : newline;
            if (end - start > Longest)
            {
                throw new OutputNotUnderstoodException(
                    command, string.Format(CultureInfo.InvariantCulture, "a line of {0} characters", end - start), output);
            }

            string line = output.Substring(start, end - start).TrimEnd('\r');
            start = end + 1;
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
