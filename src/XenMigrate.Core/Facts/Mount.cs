using System.Net;

namespace XenMigrate.Facts;

/// <summary>A mounted file system.</summary>
/// <param name="Device">major:minor, as stat counts it; "" where the kernel does not tell.</param>
/// <param name="Root">The folder within the file system that is mounted.</param>
/// <param name="MountPoint">Where.</param>
/// <param name="FileSystem">ext4, nfs4 …</param>
/// <param name="Source">The device, or server:/path.</param>
/// <param name="Options">The options of the mount and of the file system.</param>
internal sealed record Mount(
    string Device, string Root, string MountPoint, string FileSystem, string Source, IReadOnlyList<string> Options)
{
    public bool IsNfs => FileSystem is "nfs" or "nfs4";

    /// <summary>Who can mount it.</summary>
    public FileSystemKind Kind => FileSystemKinds.Of(FileSystem, Options);

    /// <summary>Whether its files come from another machine, so that no block device holds them.</summary>
    public bool IsOnNetwork => FileSystemKinds.IsOnNetwork(FileSystem);

    /// <summary>Whether each host that mounts it sees at once what another one wrote.</summary>
    public bool IsCoherent => FileSystemKinds.IsCoherent(FileSystem, Kind);

    public bool IsReadOnly => Options.Contains("ro");

    /// <summary>Whether other hosts may see the same files.</summary>
    public bool CanBeShared => Kind is FileSystemKind.Served or FileSystemKind.Cluster;

    /// <summary>The server's address as the kernel resolved it, which that of RHEL 5 shows as a name; or null.</summary>
    public string? ServerAddress =>
        Options.FirstOrDefault(option => option.StartsWith("addr=", StringComparison.Ordinal))?.Substring(5);

    /// <summary>The security flavour by which its server knows the host.</summary>
    public string Security => Options.FirstOrDefault(option => option.StartsWith("sec=", StringComparison.Ordinal))?.Substring(4) ?? "sys";

    /// <summary>The server's port where it is not the usual one, or null.</summary>
    public string? ServerPort => Options
        .FirstOrDefault(option => option.StartsWith("port=", StringComparison.Ordinal) && option is not ("port=2049" or "port=445" or "port=0"))?.Substring(5);

    /// <summary>Whether the server is the host that mounted it: the same words mean another server on another host.</summary>
    public bool IsFromItself => IPAddress.TryParse(ServerAddress, out IPAddress? server)
        ? IPAddress.IsLoopback(server)
        : ServerAddress?.StartsWith("localhost", StringComparison.Ordinal) == true;

    /// <summary>Whether a path leads to or below the mount point.</summary>
    public bool Holds(string path) =>
        path == MountPoint || path.StartsWith(MountPoint.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>What the server calls a file under this mount: "/export/dir/file", or null if no server does.</summary>
    public string? PathOnServer(string path)
    {
        // "server:/folder" of NFS, "//server/share" of CIFS.
        int folder = IsNfs ? Source.IndexOf(":/", StringComparison.Ordinal) + 1
            : Source.StartsWith("//", StringComparison.Ordinal) ? Source.IndexOf('/', 2)
            : 0;
        return Kind == FileSystemKind.Served && folder > 0
            ? Join(Source.Substring(folder), path.Substring(Math.Min(path.Length, MountPoint.Length)))
            : null;
    }

    private static string Join(string folder, string rest) => folder.TrimEnd('/') + "/" + rest.TrimStart('/');
}

/// <summary>The mounts that /proc/self/mountinfo lists, or /proc/mounts where the kernel is older than 2.6.26.</summary>
internal static class Mounts
{
    public static RemoteCommand Command { get; } = new("cat", "/proc/self/mountinfo");

    public static RemoteCommand OldCommand { get; } = new RemoteCommand("cat", "/proc/mounts").AfterFailure();

    public static Question<IReadOnlyList<Mount>> Question(string host) => new(
        [Command, OldCommand],
        results => results[0].Succeeded ? Parse(results[0].Output)
            : results[1].Succeeded ? ParseOld(results[1].Output)
            : throw new RemoteCommandFailedException(host, Command, results[0]));

    /// <exception cref="OutputNotUnderstoodException">A line is no mount, or there is none.</exception>
    public static IReadOnlyList<Mount> Parse(string output) => Read(Command, output, ParseLine);

    /// <summary>Reads /proc/mounts, which tells no device numbers: "server:/path /var/lib/images nfs rw,vers=3,… 0 0".</summary>
    /// <exception cref="OutputNotUnderstoodException">A line is no mount, or there is none.</exception>
    public static IReadOnlyList<Mount> ParseOld(string output) => Read(OldCommand, output, line =>
        line.Split(' ') is { Length: 6 } words && words[1].Length > 0 && words[1][0] == '/' && words[4] == "0" && words[5] == "0"
            ? new Mount("", "/", Unescape(words[1]), words[2], Unescape(words[0]), words[3].Split(','))
            : null);

    /// <summary>Every host has mounted its root.</summary>
    private static Mount[] Read(RemoteCommand command, string output, Func<string, Mount?> parseLine)
    {
        Mount[] mounts =
        [
            .. output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(line =>
                parseLine(line) ?? throw new OutputNotUnderstoodException(command, $"no mount: {line}", output)),
        ];
        return mounts.Length > 0 ? mounts : throw new OutputNotUnderstoodException(command, "it has no mount", output);
    }

    // "52 23 0:45 / /var/lib/images rw,relatime shared:1 - nfs4 server:/path rw,vers=4.2,addr=…"
    private static Mount? ParseLine(string line)
    {
        string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        int dash = Array.IndexOf(words, "-", Math.Min(6, words.Length));
        return dash >= 6 && words.Length > dash + 2
            ? new Mount(
                words[2],
                Unescape(words[3]),
                Unescape(words[4]),
                words[dash + 1],
                Unescape(words[dash + 2]),
                [.. words[5].Split(','), .. words.Length > dash + 3 ? words[dash + 3].Split(',') : []])
            : null;
    }

    /// <summary>The kernel writes white space and backslashes as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && Octal(text, i + 1) is { } code)
            {
                _ = plain.Append((char)code);
                i += 3;
            }
            else
            {
                _ = plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static int? Octal(string text, int at)
    {
        int value = 0;
        for (int i = at; i < at + 3; i++)
        {
            int digit = text[i] - '0';
            if (digit is < 0 or > 7)
            {
                return null;
            }

            value = (value * 8) + digit;
        }

        return value < 128 ? value : null;
    }
}
