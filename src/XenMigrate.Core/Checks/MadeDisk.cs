namespace XenMigrate.Checks;

/// <summary>
/// A disk that a block script (iscsi, drbd, nbd …) or QEMU makes of a name when the guest is started: before that,
/// there is nothing to look at but the script. Or one of a driver domain, into which no host looks.
/// </summary>
internal static class MadeDisk
{
    /// <summary>What is known of it at the destination.</summary>
    public static Finding Examine(PairFacts pair, Guest guest, GuestDisk disk)
    {
        if (disk.ScriptPath is not { } script)
        {
            return NotLookedAt(pair, disk, "whether it is there");
        }

        Answer<DiskFile> there = DiskAnswers.FileOn(pair.Destination, script);
        return there.Value switch
        {
            null => new Finding(CheckStatus.Unknown, $"{pair.Destination.Host} could not be asked: {there.Problem}")
            {
                Remediation = $"See, on {pair.Destination.Host}: ls -l {script}",
                Evidence = there.Evidence,
            },
            { Exists: false } => new Finding(
                CheckStatus.Failed, $"{pair.Destination.Host} has no {script}, which makes disk {disk.VirtualDevice} of {guest.Name}.")
            {
                Expected = script,
                Actual = "no such file",
                Remediation = $"Install on {pair.Destination.Host} what brings {script}, and set it up as on {pair.Source.Host}.",
                Evidence = there.Evidence,
            },
            _ => NotLookedAt(pair, disk, "whether it is there") with { Evidence = there.Evidence },
        };
    }

    /// <summary>No path, so nobody could look: not a pass.</summary>
    public static Finding NotLookedAt(PairFacts pair, GuestDisk disk, string question) => disk.BackendDomain is { } domain ? new(
        CheckStatus.Warning,
        $"Disk {disk.VirtualDevice} is {disk.Path} of the driver domain {domain}: {question} at {pair.Destination.Host} can't be told from outside of that domain.")
    {
        Expected = "a disk of the host itself",
        Actual = $"{disk.Path} in {domain}",
        Evidence = pair.Source.Guests.Evidence,
        Remediation = $"See in {domain} on {pair.Destination.Host} that {disk.Path} is the one that {domain} has on {pair.Source.Host}.",
    } : new(
        CheckStatus.Warning,
        $"Disk {disk.VirtualDevice} is {disk.Path} by {disk.Script ?? disk.Backend ?? "QEMU"}, and no path: {question} at {pair.Destination.Host} can't be told from outside.")
    {
        Expected = "a path",
        Actual = disk.Path,
        Evidence = pair.Source.Guests.Evidence,
        Remediation = $"See that {pair.Destination.Host} reaches {disk.Path} as {pair.Source.Host} does.",
    };
}
