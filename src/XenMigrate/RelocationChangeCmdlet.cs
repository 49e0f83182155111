namespace XenMigrate;

/// <summary>A cmdlet that changes how hosts take guests from others.</summary>
public abstract class RelocationChangeCmdlet : EachHostCmdlet
{
    /// <summary>Restarts xend, which reads its configuration at no other time.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <summary>Returns the configuration as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is wanted.</summary>
    private protected abstract RelocationSettings Wanted { get; }

    /// <summary>Patterns as one value; with exact, each is a host's name or address.</summary>
    private protected static string? Value(string[]? hostsAllow, bool exact)
    {
        if (hostsAllow is null || !exact)
        {
            return hostsAllow is null ? null : RelocationPattern.Join(hostsAllow);
        }

        return hostsAllow.FirstOrDefault(name => !RelocationPattern.IsHost(name)) is { } wrong
            ? throw new PSArgumentException($"'{wrong}' is not a host name or an IP address. With -Exact it has to be one; without -Exact it is a regular expression.")
            : RelocationPattern.Join(hostsAllow.Select(RelocationPattern.Exact));
    }

    private protected override async Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken)
    {
        if (!Wanted.Elements.Any() && !Restart)
        {
            throw new PSArgumentException(
                "Nothing to do: name what to change, as by -Server, -Port, -Address or -HostsAllow, or restart xend by -Restart.");
        }

        RelocationConfigurator configurator = new(host, Timing.Real);
        RelocationPlan plan = await configurator.PlanAsync(Wanted, cancellationToken).ConfigureAwait(false);
        RelocationConfiguration result = plan.Result;
        if (plan.ChangesAnything)
        {
            Warn(result.Server || result.SslServer ? result.Finding : [], host);
            (bool yes, bool whatIf) = await AskAsync(() => Ask($"{result.Path} on {host}: {plan}")).ConfigureAwait(false);
            if (yes)
            {
                result = await configurator.WriteAsync(plan, cancellationToken).ConfigureAwait(false);
                Post(() => WriteVerbose($"{host}: the old file is {result.BackupPath} now."));
            }
            else if (!whatIf)
            {
                return;
            }
        }
        else
        {
            Post(() => WriteVerbose($"{host}: {result.Path} says so already."));
        }

        if (Restart && await ConfirmAsync($"xend on {host}", "Restart (guests run on)").ConfigureAwait(false))
        {
            await configurator.RestartAsync(result, cancellationToken).ConfigureAwait(false);
        }
        else if (result.BackupPath is not null)
        {
            Warn(["xend reads its configuration only when it starts: -Restart restarts it, or service xend restart on the host."], host);
        }

        if (PassThru && (result.BackupPath is not null || !plan.ChangesAnything))
        {
            Post(() => WriteObject(result));
        }
    }

    private (bool Yes, bool WhatIf) Ask(string change)
    {
        bool yes = ShouldProcess($"Change {change}", $"Change {change}?", "Relocation configuration", out ShouldProcessReason reason);
        return (yes, reason == ShouldProcessReason.WhatIf);
    }

    private void Warn(IEnumerable<string> texts, HostSession host)
    {
        foreach (string text in texts)
        {
            Post(() => WriteWarning($"{host}: {text}"));
        }
    }
}
