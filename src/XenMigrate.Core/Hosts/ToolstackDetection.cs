namespace XenMigrate.Hosts;

/// <summary>Finds out which tools manage a host, in one remote execution.</summary>
internal static class ToolstackDetection
{
    private const int NotFoundExitCode = 127;

    private static readonly RemoteCommand s_xapi = new("which", "xe");
    private static readonly RemoteCommand s_xenServer = new("test", "-e", "/etc/xensource-inventory");
    private static readonly RemoteCommand s_virsh = new("which", "virsh");
    private static readonly RemoteCommand s_clock = new("date", "+%s.%N");
    private static readonly RemoteCommand s_cpu = new("grep", "-m", "1", "^model name", "/proc/cpuinfo");

    /// <exception cref="ToolstackNotFoundException">There is none.</exception>
    /// <exception cref="NotSupportedByToolstackException">
    /// There is one that we must not drive, or not the one that was wanted.
    /// </exception>
    /// <exception cref="PrivilegeRequiredException">It is there, and we may not use it.</exception>
    public static async Task<HostSession> ConnectAsync(
        IHostShell shell, ToolstackKind? wanted, Func<DateTimeOffset> clock, CancellationToken cancellationToken)
    {
        string name = shell.Endpoint.ComputerName;
        DateTimeOffset asked = clock();
        Survey survey = new(shell);
        Func<Answer<string>> time = survey.Add(Text(s_clock));
        Func<Answer<string>> bootId = survey.Add(BootId.Question);
        Func<Answer<MachineMarks>> marks = survey.Add(MachineMarks.Question);
        Func<Answer<string>> cpu = survey.Add(Text(s_cpu));
        Func<Answer<CommandResult>> xapi = survey.Add(new Question<CommandResult>(s_xapi, result => result));
        Func<Answer<CommandResult>> xenServer = survey.Add(new Question<CommandResult>(s_xenServer, result => result));
        // A virsh that is to talk to libvirt takes its time: it does so only on request, or once libvirt has guests.
        RemoteCommand askVirsh = wanted == ToolstackKind.Libvirt ? Virsh.Version : s_virsh;
        Func<Answer<CommandResult>> virsh = survey.Add(new Question<CommandResult>(askVirsh, result => result));
        // The results themselves, since their failures have exceptions of their own.
        Func<Answer<CommandResult>> xl = survey.Add(new Question<CommandResult>(XlInfo.Command, result => result));
        Func<Answer<CommandResult>> xm = survey.Add(new Question<CommandResult>(XmInfo.Command, result => result));
        await survey.RunAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset answered = clock();

        if (Finds(xapi()) || xenServer().Value!.Succeeded)
        {
            throw new NotSupportedByToolstackException(
                name,
                "it is managed by xapi (XenServer or XCP-ng), which would not know of a guest that xl moved.",
                "Use its own tools: xe vm-migrate, or the XenServer PowerShell SDK.");
        }

        if (wanted == ToolstackKind.Libvirt && !virsh().Value!.Succeeded)
        {
            throw ToolFailure.Of("virsh", name, Virsh.Version, virsh().Value!);
        }

        Toolstack toolstack = Choose(shell, wanted, Finds(virsh()), xl().Value!, xm().Value!);
        XenInformation information = toolstack.Information
            .Read([toolstack.Kind == ToolstackKind.Xend ? xm().Value! : xl().Value!]);
        return new HostSession(
            shell,
            toolstack,
            new HostInformation(
                information.VersionText,
                information.TotalMemoryMB,
                information.FreeMemoryMB,
                cpu().Value?.Split([':'], 2).Last().Trim(),
                information.Scheduler,
                bootId().Value ?? "",
                Offset(time().Value, asked, answered))
            {
                Identity = new HostIdentity(marks().Value?.Installation, marks().Value?.Hardware, shell.Endpoint.HostKeyFingerprint),
            },
            answered);
    }

    /// <summary>
    /// The toolstack that was wanted; else xl, and xm where there is no xl that answers. Where libvirt is there too, its own
    /// guests are left to it unless xl alone was wanted.
    /// </summary>
    private static Toolstack Choose(IHostShell shell, ToolstackKind? wanted, bool hasVirsh, CommandResult xl, CommandResult xm) => wanted switch
    {
        ToolstackKind.Xl => new XlToolstack(shell, Timing.Real),
        ToolstackKind.Libvirt => LibvirtToolstack.First(shell, Timing.Real),
        ToolstackKind.Xend => new XendToolstack(shell, Timing.Real),
        null when xl.Succeeded && hasVirsh => LibvirtToolstack.AlternativeToXl(shell, Timing.Real),
        null when xl.Succeeded || IsMissing(xm) => new XlToolstack(shell, Timing.Real),
        // An xl that is there and fails says why, which is more than that xm is missing.
        _ => xm.Succeeded || IsMissing(xl) ? new XendToolstack(shell, Timing.Real) : new XlToolstack(shell, Timing.Real),
    };

    private static bool Finds(Answer<CommandResult> which) =>
        which.Value is { Succeeded: true } found && found.Output.Trim().Length > 0;

    private static bool IsMissing(CommandResult result) => result.ExitCode == NotFoundExitCode;

    /// <summary>The host's clock against the middle of the time that the question took.</summary>
    private static TimeSpan Offset(string? seconds, DateTimeOffset asked, DateTimeOffset answered) =>
        decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal unix)
            && unix is > 0 and < 32_503_680_000
                ? DateTimeOffset.FromUnixTimeSeconds(0).AddTicks((long)(unix * TimeSpan.TicksPerSecond))
                    - (asked + TimeSpan.FromTicks((answered - asked).Ticks / 2))
                : TimeSpan.Zero;

    private static Question<string> Text(RemoteCommand command) => new(command, result => result.Output.Trim());
}
