namespace XenMigrate.Checks;

/// <summary>How the NFS server of the disks exports them: read on the server, if that is one of the two hosts.</summary>
internal sealed class NfsExportCheck()
    : GuestCheck("XM-STO-06", "The disks are exported with the right options", CheckCategory.Storage, "DiskNotWritable")
{
    /// <summary>xend's own state of its guests: of two hosts that share it, each overwrites the other's.</summary>
    private const string XenFolder = "/var/lib/xen";

    // What it foresees shows in XM-STO-04 too, where it stops a move.
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        foreach (HostFacts host in new[] { pair.Source, pair.Destination })
        {
            if (host.Storage.Exports.Value?.FirstOrDefault(export => export.Holds(XenFolder) || Within(export)) is { } bad)
            {
                return OfXensFolder(host, bad);
            }
        }

        Finding[] findings =
        [
            .. guest.Disk.Select(disk => disk.FilePath).OfType<string>().Distinct().SelectMany(path => new[]
            {
                Examine(pair.Destination, pair.Source, path),
                Examine(pair.Source, pair.Destination, path),
            }).OfType<Finding>(),
        ];

        return new[] { CheckStatus.Failed, CheckStatus.Warning, CheckStatus.Unknown, CheckStatus.Passed }
            .Select(status => findings.FirstOrDefault(finding => finding.Status == status))
            .FirstOrDefault(finding => finding is not null)
            ?? NotSeen(pair)
            ?? Passed($"No disk of {guest.Name} is on an NFS export, and no host exports {XenFolder}.", pair.Destination.Storage.Exports.Evidence);
    }

    /// <summary>What a host exports that does not tell is not known to be right.</summary>
    private static Finding? NotSeen(PairFacts pair) => new[] { pair.Source, pair.Destination }
        .Where(host => host.Storage.Exports.Value is null)
        .Select(host => Unknown(host.Storage.Exports))
        .FirstOrDefault();

    private static bool Within(NfsExport export) => new NfsExport(XenFolder, "", []).Holds(export.Path);

    /// <summary>A disk as one host has it mounted; null if not by NFS.</summary>
    private static Finding? Examine(HostFacts client, HostFacts other, string path)
    {
        Answer<DiskFile> answer = DiskAnswers.FileOn(client, path);
        if (answer.Value is not { } file)
        {
            return Unknown(answer);
        }

        if (!file.Exists || file.IsBlockDevice || MountedFile.MountOf(client, file) is not { IsNfs: true } mount)
        {
            return null;
        }

        HostFacts? server = mount.IsFromItself || NfsServer.Is(client, mount) == true ? client
            : NfsServer.Is(other, mount) == true ? other
            : null;
        string served = mount.PathOnServer(path) ?? path;
        if (server is null)
        {
            return Unknown(
                $"How {mount.Source}, which {client.Host} has mounted, is exported is not known: nothing says that it comes from {other.Host}.",
                "On that server, exportfs -v should say rw, sync and no_root_squash for "
                    + $"{client.Host}; or write to {mount.MountPoint} on both hosts: Test-MigrationEnvironment -IncludeWriteTest",
                client.Mounts.Evidence);
        }

        if (server.Storage.Exports.Value is not { } exports)
        {
            return Unknown(server.Storage.Exports);
        }

        NfsExport[] holding = [.. exports.Where(export => export.Holds(served)).OrderByDescending(export => export.Path.Length)];
        return holding.Length == 0
            ? Unknown($"{server.Host} lists no export that holds {served}.", $"See, on {server.Host}: exportfs -v", server.Storage.Exports.Evidence)
            : Evaluate(server, client, holding[0].Path, ExportsFor.Client(
                client, [.. holding.Where(export => export.Path == holding[0].Path).Select(export => export.For(mount.Security))]));
    }

    private static Finding Evaluate(HostFacts server, HostFacts client, string path, ExportsFor found)
    {
        IReadOnlyList<NfsExport> exports = found.Entries;
        Evidence evidence = server.Storage.Exports.Evidence;
        if (exports.Count == 0)
        {
            return Wrong(server, client, new NfsExport(path, client.Host, []), "to other addresses alone", "rw,sync,no_root_squash", evidence);
        }

        if (!found.IsSure)
        {
            return Unknown(
                $"{server.Host} exports {path} to {string.Join(", ", exports.Select(export => export.Client))}, and which of them it takes for {client.Host} is not told.",
                $"See, on {server.Host}: exportfs -v. It should say rw, sync and no_root_squash for {client.Host}.",
                evidence);
        }

        if (exports.FirstOrDefault(export => export.IsReadOnly) is { } closed)
        {
            return Wrong(server, client, closed, $"to {closed.Client} with ro, so that nobody there can write", "rw", evidence);
        }

        if (exports.FirstOrDefault(export => export.SquashesRoot) is { } squashed)
        {
            return Wrong(server, client, squashed, $"to {squashed.Client} with root_squash, so root of {client.Host} is nobody there", "no_root_squash", evidence);
        }

        return exports.FirstOrDefault(export => export.IsAsync) is { } careless
            ? new Finding(
                CheckStatus.Warning,
                $"{server.Host} exports {careless.Path} to {careless.Client} with async: what guests wrote is lost if it stops, though they were told that it is on the disk.")
            {
                Expected = "sync",
                Actual = string.Join(",", careless.Options),
                Remediation = $"On {server.Host}, write sync for async to the line of {careless.Path} in /etc/exports, then: exportfs -ra",
                Evidence = evidence,
            }
            : Passed($"{server.Host} exports {exports[0].Path} to {client.Host} with rw, sync and no_root_squash.", evidence);
    }

    private static Finding Wrong(HostFacts server, HostFacts client, NfsExport export, string how, string expected, Evidence evidence) => new(
        CheckStatus.Failed, $"{server.Host} exports {export.Path} {how}.")
    {
        Expected = expected,
        Actual = export.Options.Count > 0 ? string.Join(",", export.Options) : "nothing for " + client.Host,
        Remediation = $"On {server.Host}, write {expected} for {export.Client} to the line of {export.Path} in /etc/exports, then: exportfs -ra",
        Evidence = evidence,
    };

    private static Finding OfXensFolder(HostFacts host, NfsExport export) => new(
        CheckStatus.Failed, $"{host.Host} exports {export.Path}, and with it what is in {XenFolder}, which no two hosts may share.")
    {
        Expected = $"no export that holds {XenFolder}",
        Actual = export.Path,
        Remediation = $"On {host.Host}, export only the folder with the disks in /etc/exports in place of {export.Path}, then: exportfs -ra",
        ErrorId = "DiskNotShared",
        Evidence = host.Storage.Exports.Evidence,
    };
}
