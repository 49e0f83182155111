namespace XenMigrate;

/// <content>The host that is meant, and what the journals tell of it.</content>
public sealed partial class ResumeMigrationHostCommand
{
    /// <summary>The host; for a pattern, the one drained host that fits it, connected or not.</summary>
    private MigrationHost FindHost()
    {
        if (!IsPattern(ComputerName))
        {
            return ComputerName;
        }

        WildcardPattern pattern = HostDrainWork.Pattern(ComputerName.ComputerName);
        string[] drained = [.. Require(() => Journals.Drains().ToArray()).Select(drain => drain.ComputerName).Where(pattern.IsMatch).Distinct(StringComparer.OrdinalIgnoreCase)];
        return drained.Length == 1
            ? new MigrationHost(drained[0])
            : ExpandToOne(ComputerName);
    }

    /// <summary>What the journals tell of it, by its name; by its identity too where it is connected, or has to be.</summary>
    private async Task<HostDrain> ReadAsync(CancellationToken cancellationToken)
    {
        string folder = Work.RequireJournalPath();
        if (Failback || Require(() => HostDrain.Read(folder, Work.Named)) is null)
        {
            _ = await EndAsync(ComputerName, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<HostDrain> drains = Require(() => HostDrain.All(folder));
        return drains.LastOrDefault(drain => drain.Host.Is(Work.Named)) ?? throw new TerminatingErrorException(new DrainNotFoundException(
            ComputerName.ComputerName, Journals.Of(ComputerName.ComputerName), drains.Any(drain => drain.Host.IsNamesake(Work.Named))));
    }
}
