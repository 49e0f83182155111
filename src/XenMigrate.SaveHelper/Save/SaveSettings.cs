namespace XenMigrate.SaveHelper.Save;

/// <summary>What the caller wants of a save.</summary>
/// <param name="IsFramed">Whether the other end takes a framed stream.</param>
internal sealed record SaveSettings(PreCopyOptions Options, bool IsFramed)
{
    private const string Framed = "framed";

    // Where nobody asked for limits, no guest is given up that Xen's own helper would have moved.
    private static readonly PreCopyOptions s_unasked = new() { OfflineFallback = true };

    /// <summary>
    /// From the environment of the one command; else, as under a daemon that has one environment for all its commands, from a
    /// file for this domain: the same text, and "framed" in its second line.
    /// </summary>
    /// <exception cref="FormatException">They are not understood: what was asked for is unknown then.</exception>
    public static SaveSettings For(uint domain)
    {
        bool framed = Surroundings.Variable(Surroundings.StreamVariable) == Framed;
        if (Surroundings.Variable(PreCopyOptions.Variable) is { } value)
        {
            return new SaveSettings(PreCopyOptions.Parse(value), framed);
        }

        string[] lines = Lines(Path.Combine(Surroundings.DomainFolder(domain), "options"));
        return lines.Length == 0
            ? new SaveSettings(s_unasked, framed)
            : new SaveSettings(PreCopyOptions.Parse(lines[0].Trim()), lines.Length > 1 && lines[1].Trim() == Framed);
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path} can't be read: {e.Message}");
        }
    }
}
