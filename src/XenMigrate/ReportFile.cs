using System.Security;
using System.Text;

namespace XenMigrate;

/// <summary>The file that a report is written to.</summary>
internal static class ReportFile
{
    /// <summary>What a file of this name holds, or null if its name does not tell.</summary>
    public static ReportFormat? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ReportFormat.Html,
        ".JSON" => ReportFormat.Json,
        ".XML" => ReportFormat.JUnit,
        _ => null,
    };

    /// <exception cref="ReportNotWrittenException">It is there already, or can't be written.</exception>
    public static void Write(string path, string text, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new ReportNotWrittenException(path, "the file is there already.", "Replace it by -Force, or give another name.");
        }

        try
        {
            using FileStream stream = new(path, overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            byte[] bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException)
        {
            throw new ReportNotWrittenException(path, e.Message, "Give a path in a folder that exists and that you may write to.", e);
        }
    }
}
