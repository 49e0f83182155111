using System;
using System.IO;
using System.Linq;
using XenMigrate.Shell.Editing;

namespace XenMigrate.Shell.Completion;

/// <summary>Completes the word before the cursor as the path of a file or a folder.</summary>
internal static class FileCompletion
{
    public static Completions Of(string text, int cursor, string location)
    {
        int start = WordStart(text, cursor);
        string word = text[start..cursor].TrimStart('\'', '"');
        int slash = word.LastIndexOfAny(['/', '\\']);
        string folder = word[..(slash + 1)];
        string begun = word[(slash + 1)..];

        try
        {
            DirectoryInfo where = new(Path.Combine(location, Home(folder)));
            Editing.Completion[] matches =
            [
                .. where.EnumerateFileSystemInfos()
                    .Where(entry => IsMeant(entry.Name, begun))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                    .Select(entry => Match(folder, entry)),
            ];
            return new Completions(start, cursor - start, matches);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Completions.None;
        }
    }

    // Hidden files are meant only by those who say so.
    private static bool IsMeant(string name, string begun) =>
        name.StartsWith(begun, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
        && (begun.Length > 0 || !name.StartsWith('.'));

    private static Editing.Completion Match(string folder, FileSystemInfo entry)
    {
        string end = entry is DirectoryInfo ? Path.DirectorySeparatorChar.ToString() : "";
        string path = folder + entry.Name + end;
        string quoted = path.IndexOfAny([' ', '\'', '"', '(', ')', '$', ';', '&', '`', ',', '{', '}', '|', '@', '#']) >= 0
            ? $"'{path.Replace("'", "''", StringComparison.Ordinal)}'"
            : path;
        return new Editing.Completion(quoted, entry.Name + end);
    }

    private static string Home(string folder) => folder.StartsWith("~/", StringComparison.Ordinal)
        ? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), folder[2..])
        : folder;

    private static int WordStart(string text, int cursor)
    {
        char quote = '\0';
        int start = 0;
        for (int index = 0; index < cursor; index++)
        {
            char c = text[index];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (char.IsWhiteSpace(c) || c is ';' or '|' or '(' or '=' or ',')
            {
                start = index + 1;
            }
        }

        return start;
    }
}
