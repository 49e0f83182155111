namespace XenMigrate.Relocation;

/// <summary>Reads and changes a host's relocation configuration.</summary>
internal sealed class RelocationConfigurator
{
    private const int MaximumCommandLength = 100_000;

    private readonly IHostShell _shell;
    private readonly string _host;
    private readonly Timing _timing;

    /// <exception cref="NotSupportedByToolstackException">The host has no such configuration.</exception>
    public RelocationConfigurator(HostSession host, Timing timing)
    {
        _host = host.ComputerName;
        _shell = host.Shell;
        _timing = timing;
        if (host.Toolstack.Kind is not ToolstackKind.Xend and ToolstackKind kind)
        {
            throw new NotSupportedByToolstackException(
                _host,
                $"it has no relocation server to configure: {kind} moves guests over ssh.",
                $"Who may send guests there is who may log in by ssh: see /root/.ssh/authorized_keys and /etc/ssh/sshd_config on {_host}.");
        }
    }

    /// <exception cref="ConfigurationInvalidException">xend would not start with it.</exception>
    public async Task<RelocationConfiguration> ReadAsync(CancellationToken cancellationToken) =>
        RelocationReading.Read(_host, await ReadTextAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Looks what a change would do; it changes nothing.</summary>
    /// <exception cref="ConfigurationInvalidException">The file can't be read, or xend would not start with the new one.</exception>
    /// <exception cref="RelocationUnrestrictedException">Everybody could send guests then.</exception>
    public async Task<RelocationPlan> PlanAsync(RelocationSettings settings, CancellationToken cancellationToken)
    {
        string old = await ReadTextAsync(cancellationToken).ConfigureAwait(false);
        string text = old;
        List<SxpEdit> edits = [];
        foreach ((string name, string value) in settings.Elements)
        {
            SxpEdit edit = Edit(text, name, value);
            text = edit.Text;
            if (edit.Kind != SxpEditKind.None)
            {
                edits.Add(edit);
            }
        }

        RelocationPlan plan = new(old, text, edits, RelocationReading.Read(_host, text));
        RequireSense(settings, plan);
        return plan;
    }

    /// <summary>Writes what was planned, and reads it again.</summary>
    /// <exception cref="ConfigurationWriteFailedException">The file is as it was.</exception>
    public async Task<RelocationConfiguration> WriteAsync(RelocationPlan plan, CancellationToken cancellationToken)
    {
        // It only takes moments, and whether it was done would not be known otherwise.
        cancellationToken.ThrowIfCancellationRequested();
        string suffix = _timing.Now().ToString("'.'yyyyMMdd'-'HHmmss'-'fff", CultureInfo.InvariantCulture);
        RemoteCommand command = RelocationWrite.Command(XendConfiguration.Path, plan.Old, plan.Text, suffix);
        if (command.ToString().Length > MaximumCommandLength)
        {
            throw new ConfigurationWriteFailedException(_host, XendConfiguration.Path, "it is too long for a command line");
        }

        CommandResult result = await _shell.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
        RelocationWrite.Check(_host, XendConfiguration.Path, result);

        return RelocationReading.Read(_host, await ReadTextAsync(CancellationToken.None).ConfigureAwait(false)) with
        {
            BackupPath = XendConfiguration.Path + suffix,
        };
    }

    /// <summary>Has xend read its configuration, and looks whether it listens as that says. Guests run on meanwhile.</summary>
    /// <exception cref="RelocationDisabledException">It does not listen.</exception>
    public Task RestartAsync(RelocationConfiguration configuration, CancellationToken cancellationToken) =>
        ServeAsync(RelocationListener.Restart, configuration, cancellationToken);

    /// <summary>Starts a xend that does not run, and looks whether it listens as its configuration says.</summary>
    /// <exception cref="RelocationDisabledException">It does not listen.</exception>
    public Task StartAsync(RelocationConfiguration configuration, CancellationToken cancellationToken) =>
        ServeAsync(RelocationListener.Start, configuration, cancellationToken);

    private async Task ServeAsync(RemoteCommand command, RelocationConfiguration configuration, CancellationToken cancellationToken)
    {
        _ = await _shell.ReadAsync(command, cancellationToken).ConfigureAwait(false);
        if (configuration.Server)
        {
            await RelocationListener.WaitForAsync(_shell, configuration.Port, _timing, cancellationToken).ConfigureAwait(false);
        }

        if (configuration.SslServer)
        {
            await RelocationListener.WaitForAsync(_shell, configuration.SslPort, _timing, cancellationToken).ConfigureAwait(false);
        }
    }

    private SxpEdit Edit(string text, string name, string value)
    {
        try
        {
            return SxpEditor.Set(text, name, value);
        }
        catch (SxpException e)
        {
            throw new ConfigurationInvalidException($"{_host}:{XendConfiguration.Path}", e.Message, e);
        }
    }

    /// <summary>A change that touches who may come must not open the host by mistake, nor close it to everybody.</summary>
    private void RequireSense(RelocationSettings settings, RelocationPlan plan)
    {
        HostsAllow allow = plan.Result.Allow;
        IReadOnlyList<HostsAllowFinding> findings = HostsAllowLint.Examine(allow);
        if (findings.FirstOrDefault(finding => finding.Kind == HostsAllowProblem.InvalidPattern) is { } broken)
        {
            throw new ConfigurationInvalidException($"{_host}:{XendConfiguration.Path}", broken.Text);
        }

        // From one address to all is wider, too.
        bool widens = (plan.Result.Address is "" or "0.0.0.0") && plan.Edits.Any(edit => edit.Name == RelocationSettings.AddressName);
        bool touches = settings.Server == true || settings.HostsAllow is not null || settings.SslServer == true || widens;
        if (touches
            && !settings.AllowAnyHost
            && (plan.Result.Server || plan.Result.SslServer)
            && findings.FirstOrDefault(finding => LetsAllIn(finding.Kind)) is { } open)
        {
            throw new RelocationUnrestrictedException(_host, open.Text);
        }
    }

    private static bool LetsAllIn(HostsAllowProblem problem) => problem
        is HostsAllowProblem.Empty or HostsAllowProblem.EmptyPattern or HostsAllowProblem.MatchesAnybody;

    private Task<string> ReadTextAsync(CancellationToken cancellationToken) =>
        RelocationFile.Question(_host).AskAsync(_shell, cancellationToken);
}
