using System.Security.Cryptography;

namespace XenMigrate.Remote;

/// <summary>What a host says of itself that does not change with its name, its address or a boot.</summary>
/// <param name="Installation">Of the installed system; null if it has none.</param>
/// <param name="Hardware">Of the board; null if it has none of its own, or we may not read it.</param>
internal sealed record MachineMarks(string? Installation, string? Hardware)
{
    // What makers leave in who did not give a board its own.
    private static readonly Guid[] s_nobodys =
        [Guid.Empty, new("ffffffff-ffff-ffff-ffff-ffffffffffff"), new("03000200-0400-0500-0006-000700080009")];

    /// <summary>Of any of them that is not there, cat says so and goes on.</summary>
    public static RemoteCommand Command { get; } = new("cat", "/etc/machine-id", "/var/lib/dbus/machine-id", "/sys/class/dmi/id/product_uuid");

    public static Question<MachineMarks> Question { get; } = new(Command, result => Parse(result.Output));

    /// <summary>What is neither an id nor a uuid says nothing.</summary>
    public static MachineMarks Parse(string output)
    {
        string[] lines = [.. output.Split('\n').Select(line => line.Trim())];
        return new MachineMarks(Find("N"), Find("D"));

        string? Find(string format) => lines.Select(line => Guid.TryParseExact(line, format, out Guid id) ? id : Guid.Empty)
            .Where(id => !s_nobodys.Contains(id)).Select(id => Hash(format + id)).FirstOrDefault();
    }

    // A machine's id is not to be shown around (machine-id(5)), and journals may lie where others read them.
    private static string Hash(string mark)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("XenMigrate " + mark);
#if NET
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#endif
        return Convert.ToBase64String(hash, 0, 12);
    }
}
