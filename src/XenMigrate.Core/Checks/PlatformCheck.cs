namespace XenMigrate.Checks;

/// <summary>Red Hat supports migration from release 5.1 on, and not on Itanium.</summary>
internal sealed class PlatformCheck()
    : HostCheck("XM-VER-04", "Both hosts' systems can migrate guests", CheckCategory.Version, "NotSupportedByToolstack")
{
    private const string Itanium = "ia64";

    private static readonly Version s_first = new(5, 1);

    protected override Finding Examine(PairFacts pair)
    {
        HostFacts[] hosts = [pair.Source, pair.Destination];
        if (hosts.FirstOrDefault(host => host.Machine.Release.Value is { } release && Cannot(release)) is { } unfit)
        {
            SystemRelease release = unfit.Machine.Release.Value!;
            bool isItanium = release.Machine == Itanium;
            return new Finding(
                CheckStatus.Failed,
                isItanium
                    ? $"{unfit.Host} is an Itanium, on which Xen does not migrate guests."
                    : $"{unfit.Host} has {release.Text}, which does not migrate guests.")
            {
                Expected = isItanium ? "x86_64 or i686" : $"release {s_first} or newer",
                Actual = isItanium ? release.Machine : release.Text,
                Remediation = isItanium
                    ? $"Choose hosts other than {unfit.Host}; shut the guest down and start it elsewhere."
                    : $"Bring {unfit.Host} to release {s_first} or newer: yum update, then boot the new hypervisor.",
                Evidence = unfit.Machine.Release.Evidence,
            };
        }

        return hosts.FirstOrDefault(host => host.Machine.Release.Value is null) is { } silent
            ? Unknown(silent.Machine.Release)
            : Passed($"{Described(pair.Source)}; {Described(pair.Destination)}.", pair.Destination.Machine.Release.Evidence);
    }

    private static bool Cannot(SystemRelease release) =>
        release.Machine == Itanium || (release.EnterpriseLinux is { } version && version < s_first);

    private static string Described(HostFacts host) => host.Machine.Release.Value is { } release
        ? $"{host.Host} is {release.Machine}{(release.Text is { } text ? $" with {text}" : "")}"
        : host.Host;
}
