using System.Security;

namespace XenMigrate.Remote;

/// <summary>What .NET throws where a file can't be used: one list for all that journals do with files.</summary>
internal static class FileRefusal
{
    public static bool Is(Exception e) =>
        e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException;
}
