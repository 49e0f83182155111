namespace XenMigrate.Checks;

internal sealed class SessionCheck() : HostCheck("XM-CON-01", "Both hosts can be asked", CheckCategory.Connection, "HostUnreachable")
{
    /// <summary>Whether both names lead to one running kernel; where that can't be read, to one machine.</summary>
    public static bool IsOneMachine(PairFacts pair) => pair.Source.BootId.Value is { } here && pair.Destination.BootId.Value is { } there
        ? here == there
        : pair.Source.Identity.IsSame(pair.Destination.Identity) == true;

    protected override Finding Examine(PairFacts pair)
    {
        HostFacts[] silent = [.. new[] { pair.Source, pair.Destination }.Where(host => host.SessionProblem is not null)];
        if (silent.Length > 0)
        {
            return new Finding(CheckStatus.Failed, string.Join(" ", silent.Select(host => $"{host.Host}: {host.SessionProblem}")))
            {
                Expected = "a session to both hosts",
                Actual = "none to " + string.Join(", ", silent.Select(host => host.Host)),
                Remediation = string.Join("; ", silent.Select(host => $"Connect-MigrationHost {host.Host}")),
            };
        }

        return IsOneMachine(pair)
            ? new Finding(CheckStatus.Failed, pair.Source.Host == pair.Destination.Host
                ? $"{pair.Source.Host} is both source and destination."
                : $"{pair.Source.Host} and {pair.Destination.Host} are the same machine.")
            {
                Expected = "two machines",
                Actual = pair.Source.BootId.Value is { } boot ? $"one, with boot id {boot}" : "one, with the same hardware, installation and host key",
                Remediation = "Name another host as -Destination.",
                Evidence = pair.Destination.BootId.Evidence,
                ErrorId = "SameHost",
            }
            : Passed($"{pair.Source.Host} and {pair.Destination.Host} answer.");
    }
}
