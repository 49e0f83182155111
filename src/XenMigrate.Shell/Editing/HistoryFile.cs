using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace XenMigrate.Shell.Editing;

/// <summary>The history in the user's state folder, an entry a line. What looks like a secret is not written.</summary>
internal sealed partial class HistoryFile(string path)
{
    private const int MostLines = 2000;

    /// <summary>Where it lies: XDG's state folder, or Windows' local application data.</summary>
    public static string DefaultPath()
    {
        string? state = System.Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state))
        {
            state = OperatingSystem.IsWindows()
                ? System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".local", "state");
        }

        return Path.Combine(state, "xenmigrate", "history");
    }

    public IReadOnlyList<string> Read()
    {
        try
        {
            string[] lines = [.. File.ReadLines(path).TakeLast(MostLines)];
            return [.. lines.Select(Decode)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Adds an entry. A shell without a history is better than one that stops for it.</summary>
    public void Append(string entry)
    {
        if (string.IsNullOrWhiteSpace(entry) || Secret().IsMatch(entry))
        {
            return;
        }

        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using StreamWriter writer = new(path, options);
            writer.Write(Encode(entry) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody asked for it now.
        }
    }

    private static string Encode(string entry) =>
        entry.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Decode(string line) =>
        Escape().Replace(line, match => match.Value == "\\n" ? "\n" : "\\");

    [GeneratedRegex(@"\\[\\n]")]
    private static partial Regex Escape();

    [GeneratedRegex("passw|passphrase|secret|token|apikey|asplaintext", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
