namespace XenMigrate.Remote;

/// <summary>A shell that can run batches of commands at the same time in one remote execution.</summary>
internal interface IConcurrentShell : IHostShell
{
    /// <summary>Runs every batch at once; the commands within a batch one after the other.</summary>
    /// <param name="timeout">For all of them together.</param>
    /// <returns>For each batch, in order, its results as <see cref="IHostShell.RunAllAsync"/> gives them.</returns>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken);
}
