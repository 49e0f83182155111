namespace XenMigrate.Checks;

/// <summary>Clocks that agree now and that nobody keeps right will not agree for long.</summary>
internal sealed class TimeSynchronisedCheck()
    : HostCheck("XM-TIM-02", "Something keeps both hosts' clocks right", CheckCategory.Time, "ClockSkewExceeded")
{
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override Finding Examine(PairFacts pair)
    {
        HostFacts[] hosts = [pair.Source, pair.Destination];
        HostFacts[] astray = [.. hosts.Where(host => host.Machine.Synchronisation.Value is { IsSynchronised: false })];
        if (astray.Length > 0)
        {
            string names = string.Join(" and ", astray.Select(host => host.Host));
            return new Finding(
                CheckStatus.Warning,
                $"Nothing keeps the clock right on {names} ({string.Join("; ", astray.Select(host => host.Machine.Synchronisation.Value!.Said))}).")
            {
                Expected = "a clock that is synchronised, on both hosts",
                Actual = string.Join("; ", astray.Select(host => host.Machine.Synchronisation.Value!.Said)),
                Remediation = $"On {names}, name a reachable time server in /etc/chrony.conf or /etc/ntp.conf, then: "
                    + "systemctl restart chronyd, or service ntpd restart",
                Evidence = astray[0].Machine.Synchronisation.Evidence,
            };
        }

        return hosts.FirstOrDefault(host => host.Machine.Synchronisation.Value is null) is { } silent
            ? NotKnown(silent)
            : Passed(
                $"Both clocks are kept right ({pair.Source.Host}: {pair.Source.Machine.Synchronisation.Value!.Said}; "
                    + $"{pair.Destination.Host}: {pair.Destination.Machine.Synchronisation.Value!.Said}).",
                pair.Destination.Machine.Synchronisation.Evidence);
    }

    private static Finding NotKnown(HostFacts host) => host.SessionProblem is not null
        ? Unknown(host.Machine.Synchronisation)
        : Unknown(
            $"{host.Host} has no chronyc, ntpstat, ntpq or timedatectl that tells whether its clock is kept right: {host.Machine.Synchronisation.Problem}",
            $"On {host.Host}, install and start chrony or ntp.",
            host.Machine.Synchronisation.Evidence);
}
