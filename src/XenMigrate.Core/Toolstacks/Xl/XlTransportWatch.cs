namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// xl hides its progress during a migration. What can be seen is how much its transport has written, against the
/// guest's memory, and how far the two ends say they are.
/// </summary>
internal static class XlTransportWatch
{
    /// <summary>Watches until the token says so, and returns the bytes seen last; null if none were seen.</summary>
    public static async Task<long?> RunAsync(
        TransferRequest request,
        Task<int> transport,
        Func<XlMark> reached,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => ended.TrySetResult(true));

        if (await Task.WhenAny(transport, ended.Task).ConfigureAwait(false) != transport)
        {
            return null;
        }

        TransferWatch watch = new(request, copied => progress?.Report(Describe(request.Guest.Name, copied, reached())));
        int process = await transport.ConfigureAwait(false);
        return await watch.RunAsync(XlTransport.Watch(process, request.Connection?.Master), cancellationToken).ConfigureAwait(false);
    }

    private static MigrationProgress Describe(string guest, CopiedMemory copied, XlMark mark)
    {
        (MigrationStep step, string status, int percent) = mark switch
        {
            < XlMark.SuspendRequested => (MigrationStep.CopyingMemory, copied.ToString(), copied.Percent),
            < XlMark.TransferComplete => (MigrationStep.Suspended, "Suspended; sending the rest", 92),
            < XlMark.TargetStarted => (MigrationStep.Starting, "Starting at the destination", 95),
            _ => (MigrationStep.Finishing, "Runs at the destination; clearing up at the source", 99),
        };

        return new MigrationProgress(guest, step, status, percent, copied.Bytes, copied.BytesPerSecond);
    }
}
