namespace XenMigrate.Repair;

/// <summary>Starts xend, or restarts it where it runs.</summary>
internal static class XendService
{
    // As the Linux Standard Base has it.
    private const int NotRunning = 3;

    private static readonly RemoteCommand s_status = new("service", "xend", "status");

    public static async Task<RepairStep> StepAsync(
        HostSession host,
        RelocationConfigurator configurator,
        RelocationConfiguration configuration,
        CancellationToken cancellationToken)
    {
        CommandResult status = await host.Shell.RunAsync(s_status, cancellationToken).ConfigureAwait(false);
        return status.ExitCode == NotRunning
            ? new RepairStep(
                host.ComputerName,
                "Start xend, which does not run",
                async token =>
                {
                    await configurator.StartAsync(configuration, token).ConfigureAwait(false);
                    return null;
                })
            {
                Commands = [RelocationListener.Start.ToString()],
            }
            : new RepairStep(
                host.ComputerName,
                "Restart xend, which reads its configuration at no other time (guests run on; a move under way would break)",
                async token =>
                {
                    await configurator.RestartAsync(configuration, token).ConfigureAwait(false);
                    return null;
                })
            {
                Commands = [RelocationListener.Restart.ToString()],
            };
    }
}
