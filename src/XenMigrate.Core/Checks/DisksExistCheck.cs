namespace XenMigrate.Checks;

internal sealed class DisksExistCheck()
    : GuestCheck("XM-STO-01", "Every disk of the guest exists at the destination", CheckCategory.Storage, "DiskMissing")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (DiskAnswers.Pathless(guest) is { } pathless)
        {
            return Unknown(
                $"{pair.Source.Host} does not tell where disk {pathless.VirtualDevice} of {guest.Name} lies.",
                $"See, on {pair.Source.Host}: {guest.Toolstack.Describe(guest.Id)}",
                pair.Source.Guests.Evidence);
        }

        string[] paths = [.. guest.Disk.Select(disk => disk.FilePath).OfType<string>()];
        foreach (string path in paths)
        {
            Answer<DiskFile> there = DiskAnswers.FileOn(pair.Destination, path);
            if (there.Value is not { } file)
            {
                return Unknown(there);
            }

            if (!file.Exists)
            {
                return new Finding(CheckStatus.Failed, $"{pair.Destination.Host} has no {path}, which is a disk of {guest.Name}.")
                {
                    Expected = path,
                    Actual = "no such file",
                    Remediation = Remedy(pair, path),
                    Evidence = there.Evidence,
                };
            }
        }

        if (paths.Select(path => DiskAnswers.FileOn(pair.Destination, path)).FirstOrDefault(there => there.Value!.Misfit is not null) is { Value: { } misfit } odd)
        {
            return new Finding(CheckStatus.Failed, $"{misfit.Path}, which is a disk of {guest.Name}, is a {misfit.Misfit} on {pair.Destination.Host}.")
            {
                Expected = "a file or a block device",
                Actual = misfit.Misfit,
                Remediation = Remedy(pair, misfit.Path),
                Evidence = odd.Evidence,
            };
        }

        Finding[] made = [.. guest.Disk.Where(disk => disk.IsMade).Select(disk => MadeDisk.Examine(pair, guest, disk))];
        return made.OrderBy(finding => finding.Status == CheckStatus.Warning).FirstOrDefault()
            ?? (paths.Length == 0
                ? Passed($"{guest.Name} has no disk.")
                : Passed($"{pair.Destination.Host} has {string.Join(", ", paths)}.", DiskAnswers.FileOn(pair.Destination, paths[0]).Evidence));
    }

    private static string Remedy(PairFacts pair, string path)
    {
        DiskFile? here = pair.Source.Disks.TryGetValue(path, out Answer<DiskFile>? answer) ? answer.Value : null;
        Mount? mount = here is null ? null : MountedFile.MountOf(pair.Source, here);
        return mount is { CanBeShared: true }
            ? $"On {pair.Destination.Host}: mount -t {mount.FileSystem} {mount.Source} {mount.MountPoint}"
            : $"Mount the storage that holds {path} on {pair.Destination.Host} at the same path.";
    }
}
