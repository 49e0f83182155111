namespace XenMigrate.Checks;

/// <summary>A disk of the same path that is another file would give the guest a file system it never wrote.</summary>
internal sealed class DisksSharedCheck()
    : GuestCheck(StorageId, "Every disk is the same storage on both hosts", CheckCategory.Storage, "DiskNotShared")
{
    private const string StorageId = "XM-STO-02";

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        string[] paths = [.. guest.Disk.Select(disk => disk.FilePath).OfType<string>()];
        foreach (string path in paths)
        {
            Answer<DiskFile> here = DiskAnswers.FileOn(pair.Source, path);
            Answer<DiskFile> there = DiskAnswers.FileOn(pair.Destination, path);
            if (here.Value is null || there.Value is null)
            {
                return Unknown(here.Value is null ? here : there);
            }

            if (!there.Value.Exists)
            {
                return Skipped($"{path} is missing at {pair.Destination.Host}: see XM-STO-01.");
            }

            SharedStorage verdict = SharedStorage.Compare(pair, here.Value, there.Value);
            if (verdict.IsSame == false)
            {
                return Different(pair, guest, path, verdict, there.Evidence);
            }

            if (verdict.IsSame is null)
            {
                return Open(pair, path, verdict, there.Value.IsBlockDevice, there.Evidence);
            }
        }

        if (DiskAnswers.Pathless(guest) is { } pathless)
        {
            return Skipped($"Where disk {pathless.VirtualDevice} lies is not told: see XM-STO-01.");
        }

        if (guest.Disk.FirstOrDefault(disk => disk.IsMade) is { } made)
        {
            return MadeDisk.NotLookedAt(pair, made, "whether it is the same on both hosts");
        }

        return paths.Length == 0
            ? Passed($"{guest.Name} has no disk.")
            : Passed($"{string.Join(", ", paths)}: the same on both hosts.", DiskAnswers.FileOn(pair.Destination, paths[0]).Evidence);
    }

    private static Finding Open(PairFacts pair, string path, SharedStorage verdict, bool isDevice, Evidence evidence) => Unknown(
        $"Whether {path} is the same storage on both hosts can't be told: {verdict.Reason}.",
        (isDevice
            ? $"On both hosts, compare the world-wide names below it (lsblk -s -o NAME,WWN {path}; or scsi_id -g -u on each disk). "
            : $"Test-MigrationEnvironment {pair.Source.Host} {pair.Destination.Host} -IncludeWriteTest tells it. ")
            + $"If you know that it is the same: Move-Guest -SkipCheck {StorageId}",
        evidence);

    private static Finding Different(PairFacts pair, Guest guest, string path, SharedStorage verdict, Evidence evidence) => new(
        CheckStatus.Failed,
        $"{path} of {guest.Name} is not the same storage on {pair.Source.Host} and {pair.Destination.Host}: {verdict.Reason}.")
    {
        Expected = "one file or device, seen by both hosts",
        Actual = verdict.Reason,
        Remediation = $"Mount the storage of {pair.Source.Host} on {pair.Destination.Host} at the same path. A copy will not do.",
        Evidence = evidence,
    };
}
