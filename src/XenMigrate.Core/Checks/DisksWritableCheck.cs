namespace XenMigrate.Checks;

/// <summary>A disk that the destination may only read stops the guest after its memory was copied.</summary>
internal sealed class DisksWritableCheck()
    : GuestCheck("XM-STO-04", "The destination may write every disk that the guest writes", CheckCategory.Storage, "DiskNotWritable")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        HostFacts host = pair.Destination;
        string[] paths = [.. guest.Disk.Where(disk => !disk.ReadOnly).Select(disk => disk.FilePath).OfType<string>().Distinct()];
        foreach (string path in paths)
        {
            Answer<DiskFile> file = DiskAnswers.FileOn(host, path);
            if (file.Value is null)
            {
                return Unknown(file);
            }

            if (!file.Value.Exists)
            {
                return Skipped($"{path} is missing at {host.Host}: see XM-STO-01.");
            }

            Answer<DiskAccess> access = DiskAnswers.AccessOn(host, path);
            if (access.Value is null)
            {
                return Unknown(access);
            }

            Mount? mount = file.Value.IsBlockDevice ? null : MountedFile.MountOf(host, file.Value);
            if (Problem(host, access.Value, mount) is { } problem)
            {
                return problem with
                {
                    Expected = $"{path} writable by root of {host.Host}",
                    Evidence = mount?.IsReadOnly == true ? host.Mounts.Evidence : access.Evidence,
                };
            }
        }

        if (DiskAnswers.Pathless(guest) is { ReadOnly: false } pathless)
        {
            return Skipped($"Where disk {pathless.VirtualDevice} lies is not told: see XM-STO-01.");
        }

        return paths.Length == 0
            ? Passed($"{guest.Name} writes no disk that is a file or a device.")
            : Passed($"{host.Host} may write {string.Join(", ", paths)}.", DiskAnswers.AccessOn(host, paths[0]).Evidence);
    }

    private static Finding? Problem(HostFacts host, DiskAccess access, Mount? mount)
    {
        string where = mount is null ? access.Path : $"{mount.MountPoint} ({mount.Source})";
        return mount?.IsReadOnly == true
            ? new Finding(CheckStatus.Failed, $"{host.Host} has mounted {where} read-only, so it can't write {access.Path}.")
            {
                Actual = "mounted ro",
                Remediation = $"On {host.Host}: mount -o remount,rw {mount.MountPoint}",
            }
            : access.IsReadOnlyDevice
                ? new Finding(CheckStatus.Failed, $"{host.Host} has {access.Path} as a read-only device.")
                {
                    Actual = "blockdev --getro says 1",
                    Remediation = $"On {host.Host}: blockdev --setrw {access.Path}, if whoever provides the device lets it be written there.",
                }
                : access.IsWritable ? null
                    : new Finding(CheckStatus.Failed, $"Root of {host.Host} may not write {access.Path} on {where}.")
                    {
                        Actual = "test -w says no",
                        Remediation = mount?.IsNfs == true
                            ? $"On the server of {mount.Source}, export it to {host.Host} with rw,no_root_squash, then: exportfs -ra"
                            : $"See why, on {host.Host}: ls -l {access.Path}; lsattr {access.Path}",
                    };
    }
}
