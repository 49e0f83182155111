namespace XenMigrate.Checks;

internal sealed class SameToolstackCheck()
    : HostCheck("XM-VER-01", "Both hosts have the same toolstack", CheckCategory.Version, "NotSupportedByToolstack")
{
    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.Toolstack is not { } source || pair.Destination.Toolstack is not { } destination)
        {
            HostFacts silent = pair.Source.Toolstack is null ? pair.Source : pair.Destination;
            return Unknown(silent.BootId);
        }

        if (!Has(pair.Destination, source) && !Has(pair.Source, destination))
        {
            return new Finding(CheckStatus.Failed, $"{pair.Source.Host} has {source}, {pair.Destination.Host} has {destination}.")
            {
                Expected = source.ToString(),
                Actual = destination.ToString(),
                Remediation = $"A guest moves between hosts of one toolstack only: choose another destination than {pair.Destination.Host}.",
                Evidence = pair.Destination.Xen.Evidence,
            };
        }

        if (pair.Moving.FirstOrDefault(listed => pair.Current(listed) is { } now && now.Toolstack != listed.Toolstack) is { } changed)
        {
            return Changed(pair, changed);
        }

        Guest[] guests = [.. pair.Moving.Select(guest => pair.Current(guest) ?? guest)];
        return guests.FirstOrDefault(guest => !Has(pair.Destination, guest.Toolstack)) is { } stray ? Unmanaged(pair, stray)
            : guests.FirstOrDefault(guest => Definition(pair.Destination, guest) is not null) is { } defined ? Forgotten(pair, defined)
            : Passed($"Both hosts have {(Has(pair.Destination, source) ? source : destination)}.");
    }

    private static bool Has(HostFacts host, ToolstackKind kind) => host.Toolstack == kind || host.AlternativeToolstack == kind;

    /// <summary>What libvirt at the destination keeps of a guest that it would not be told of, since xl moves it.</summary>
    private static Guest? Definition(HostFacts host, Guest guest) => guest.Toolstack != ToolstackKind.Xl || guest.Uuid is null
        ? null
        : host.Guests.Value?.FirstOrDefault(there =>
            there is { Toolstack: ToolstackKind.Libvirt, Id: null } && there.Uuid == guest.Uuid);

    /// <summary>A libvirt that falls silent about a guest has not given it up: nobody else may move it then.</summary>
    private static Finding Changed(PairFacts pair, Guest listed)
    {
        ToolstackKind now = pair.Current(listed)!.Toolstack;
        return Unknown(
            $"{listed.Name} was {Owner(listed.Toolstack)} on {pair.Source.Host} when it was listed, and is told of as {Owner(now)} now.",
            $"See on {pair.Source.Host} whose it is: virsh -c xen:///system list --all. Then take it anew from: Get-Guest {PowerShellText.Quote(listed.Name)} -ComputerName {pair.Source.Host}",
            pair.Source.Guests.Evidence) with
        {
            Expected = listed.Toolstack.ToString(),
            Actual = now.ToString(),
        };
    }

    private static Finding Unmanaged(PairFacts pair, Guest guest) => new(
        CheckStatus.Failed,
        $"A mixed pair: {guest.Name} is {Owner(guest.Toolstack)} on {pair.Source.Host}, and {pair.Destination.Host} has {pair.Destination.Toolstack} alone.")
    {
        Expected = guest.Toolstack.ToString(),
        Actual = pair.Destination.Toolstack.ToString(),
        Remediation = $"Install libvirt with its Xen driver on {pair.Destination.Host} and connect again. Or let xl move it, so that it is xl's there: "
            + $"Connect-MigrationHost {pair.Source.Host} -Toolstack Xl",
        Evidence = pair.Source.Guests.Evidence,
    };

    private static Finding Forgotten(PairFacts pair, Guest guest) => new(
        CheckStatus.Warning,
        $"A mixed pair: {guest.Name} is xl's on {pair.Source.Host}, and libvirt on {pair.Destination.Host} has a definition of it, and would not learn that it runs there.")
    {
        Expected = $"{guest.Name} known to one toolstack on both hosts",
        Actual = $"xl's on {pair.Source.Host}, defined and not running in libvirt on {pair.Destination.Host}",
        Remediation = $"If libvirt is not to start it any more, on {pair.Destination.Host}: virsh -c xen:///system undefine {guest.Uuid}",
        Evidence = pair.Destination.Guests.Evidence,
    };

    private static string Owner(ToolstackKind kind) => kind == ToolstackKind.Libvirt ? "libvirt's" : kind.Tool() + "'s";
}
