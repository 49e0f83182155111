namespace XenMigrate.Facts;

/// <summary>Whether a host may write what lies at a path. Nothing is written to find out.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsWritable">What access(2) says, which asks an NFS server too.</param>
/// <param name="IsReadOnlyDevice">Whether it is a block device that its driver lets nobody write.</param>
internal sealed record DiskAccess(string Path, bool IsWritable, bool IsReadOnlyDevice)
{
    public static Question<DiskAccess> Question(string host, string path) => new(
        [Test(path), new RemoteCommand("blockdev", "--getro", path)],
        results => results[0].ExitCode is 0 or 1
            // access(2) looks at the device's file only; blockdev fails for what is no device.
            ? new DiskAccess(path, results[0].Succeeded, results[1].Succeeded && results[1].Output.Trim() == "1")
            : throw new RemoteCommandFailedException(host, Test(path), results[0]));

    private static RemoteCommand Test(string path) => new("test", "-w", path);
}
