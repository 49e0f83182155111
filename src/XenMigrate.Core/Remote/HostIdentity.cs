namespace XenMigrate.Remote;

/// <summary>What tells a machine from others, whatever it is called: three marks, of which any may be unknown.</summary>
/// <remarks>
/// No mark proves it alone. Copies of a disk share the installation's id, and often the host key; some makers give all boards
/// one uuid; a new board has another, a new installation another id and another key. So they have to agree: one machine is
/// where nothing differs and the hardware is the same, two are where nothing is the same, and of all between the name decides.
/// </remarks>
/// <param name="Installation">Of the installed system: /etc/machine-id, hashed.</param>
/// <param name="Hardware">Of the board: its uuid, hashed.</param>
/// <param name="HostKey">The fingerprint of the verified SSH host key.</param>
internal sealed record HostIdentity(string? Installation, string? Hardware, string? HostKey)
{
    // A key alone is changed now and then.
    private const int Enough = 2;

    public static HostIdentity Unknown { get; } = new(null, null, null);

    /// <summary>Whether it is one machine; null where the marks don't tell.</summary>
    public bool? IsSame(HostIdentity other)
    {
        bool[] votes =
        [
            .. new[] { (Installation, other.Installation), (Hardware, other.Hardware), (HostKey, other.HostKey) }
                .Where(mark => mark.Item1 is not null && mark.Item2 is not null)
                .Select(mark => mark.Item1 == mark.Item2),
        ];
        return votes.Length < Enough ? null
            : Hardware is not null && Hardware == other.Hardware && Array.TrueForAll(votes, vote => vote) ? true
            : Array.TrueForAll(votes, vote => !vote) ? false
            : null;
    }
}
