namespace XenMigrate.Checks;

/// <summary>A CD in a drive has to be at the destination like any disk, and is easily forgotten.</summary>
internal sealed class NoMediumCheck()
    : GuestCheck("XM-DEV-05", "No removable medium is in a drive of the guest", CheckCategory.Device, "DiskMissing")
{
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Source.Guests.Value is null)
        {
            return Unknown(pair.Source.Guests);
        }

        GuestDisk[] media = [.. guest.Disk.Where(disk => disk is { Removable: true, Path: not null })];
        return media.Length == 0
            ? Passed($"{guest.Name} has no medium in a drive.", pair.Source.Guests.Evidence)
            : new Finding(CheckStatus.Warning, $"{guest.Name} on {pair.Source.Host} has {string.Join(", ", media.Select(disk => disk.ToString()))} in a drive.")
            {
                Expected = "empty drives",
                Actual = string.Join(", ", media.Select(disk => disk.ToString())),
                Remediation = guest.Toolstack == ToolstackKind.Xend
                    ? $"If it is not needed, on {pair.Source.Host}: xm block-detach {guest.Id} {media[0].VirtualDevice}"
                    : $"If it is not needed, on {pair.Source.Host}: xl cd-eject {guest.Id} {media[0].VirtualDevice}",
                Evidence = pair.Source.Guests.Evidence,
            };
    }
}
