using System.Net;

namespace XenMigrate.Facts;

/// <summary>What the source says of the way that libvirt sends memory: past ssh, to a port of the destination's.</summary>
/// <param name="Port">What came of a connection to the first of the ports.</param>
/// <param name="Address">What the source takes the destination's name for; null if it does not know it.</param>
internal sealed record LibvirtProbe(RelocationProbe Port, IPAddress? Address)
{
    /// <summary>The first port that the destination's libvirt listens on for a move, if it is free.</summary>
    public const int FirstPort = 49152;

    private const int NotFoundExitCode = 2;

    public static Question<LibvirtProbe> Question(string host, string migrationAddress)
    {
        // Whom to log in as is ssh's business.
        string name = migrationAddress.Substring(migrationAddress.LastIndexOf('@') + 1);
        RemoteCommand resolve = new("getent", "ahosts", name);
        return new(
            [RelocationProbe.Command(name, FirstPort), resolve],
            results => new LibvirtProbe(
                RelocationProbe.Read(FirstPort, results[0]),
                results[1].Succeeded ? Parse(resolve, results[1].Output)
                : results[1].ExitCode == NotFoundExitCode ? null
                : throw new RemoteCommandFailedException(host, resolve, results[1])));
    }

    // "10.0.0.8        STREAM et-virt08". A number alone would be an address, too.
    /// <exception cref="OutputNotUnderstoodException">It does not begin with an address.</exception>
    private static IPAddress Parse(RemoteCommand command, string output)
    {
        string[] words = output.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[1] is "STREAM" or "DGRAM" or "RAW"
            && IPAddress.TryParse(words[0], out IPAddress? address)
            ? address
            : throw new OutputNotUnderstoodException(command, "no address", output);
    }
}
