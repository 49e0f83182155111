namespace XenMigrate;

/// <summary>Changes how a host takes guests from others.</summary>
/// <param name="cmdlet">The cmdlet that does it.</param>
/// <param name="restart">Whether xend is restarted, which reads its configuration at no other time.</param>
/// <param name="passThru">Whether the configuration is given out as it is then.</param>
internal sealed class RelocationChange(HostCmdlet cmdlet, bool restart, bool passThru)
{
    /// <summary>Patterns as one value; with exact, each is a host's name or address.</summary>
    public static string? Value(string[]? hostsAllow, bool exact)
    {
        if (hostsAllow is null || !exact)
        {
            return hostsAllow is null ? null : RelocationPattern.Join(hostsAllow);
        }

        return hostsAllow.FirstOrDefault(name => !RelocationPattern.IsHost(name)) is { } wrong
            ? throw new PSArgumentException($"'{wrong}' is not a host name or an IP address. With -Exact it has to be one; without -Exact it is a regular expression.")
            : RelocationPattern.Join(hostsAllow.Select(RelocationPattern.Exact));
    }

    /// <summary>Changes what is not so yet, asks before, and says what is then.</summary>
    public async Task RunAsync(RelocationSettings wanted, HostSession host, CancellationToken cancellationToken)
    {
        if (!wanted.Elements.Any() && !restart)
        {
            throw new PSArgumentException(
                "Nothing to do: name what to change, as by -Server, -Port, -Address or -HostsAllow, or restart xend by -Restart.");
        }

        RelocationConfigurator configurator = new(host, Timing.Real);
        RelocationPlan plan = await configurator.PlanAsync(wanted, cancellationToken).ConfigureAwait(false);
        RelocationConfiguration result = plan.Result;
        if (plan.ChangesAnything)
        {
            Warn(result.Server || result.SslServer ? result.Finding : [], host);
            RepairConsent consent =
                await cmdlet.ConsentAsync($"Change {result.Path} on {host}: {plan}", "Relocation configuration").ConfigureAwait(false);
            if (consent == RepairConsent.Given)
            {
                result = await configurator.WriteAsync(plan, cancellationToken).ConfigureAwait(false);
                cmdlet.Post(() => cmdlet.WriteVerbose($"{host}: the old file is {result.BackupPath} now."));
            }
            else if (consent == RepairConsent.Declined)
            {
                return;
            }
        }
        else
        {
            cmdlet.Post(() => cmdlet.WriteVerbose($"{host}: {result.Path} says so already."));
        }

        if (restart && await cmdlet.ConfirmAsync($"xend on {host}", "Restart (guests run on)").ConfigureAwait(false))
        {
            await configurator.RestartAsync(result, cancellationToken).ConfigureAwait(false);
        }
        else if (result.BackupPath is not null)
        {
            Warn(["xend reads its configuration only when it starts: -Restart restarts it, or service xend restart on the host."], host);
        }

        if (passThru && (result.BackupPath is not null || !plan.ChangesAnything))
        {
            cmdlet.Post(() => cmdlet.WriteObject(result));
        }
    }

    private void Warn(IEnumerable<string> texts, HostSession host)
    {
        foreach (string text in texts)
        {
            cmdlet.Post(() => cmdlet.WriteWarning($"{host}: {text}"));
        }
    }
}
