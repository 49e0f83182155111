namespace XenMigrate.Checks;

internal sealed class BridgesExistCheck()
    : GuestCheck("XM-NET-01", "Every bridge of the guest exists at the destination", CheckCategory.Network, "BridgeMissing")
{
    private static readonly Version s_substitutes = new(3, 2);

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving) =>
        PluggedBridge.Unless(pair, guest, Examine(pair, guest));

    private static Finding Examine(PairFacts pair, Guest guest)
    {
        GuestNetworkInterface[] plugged = [.. PluggedBridge.Of(guest)];
        string[] wanted = [.. plugged.Select(nic => nic.Bridge!).Distinct()];
        bool hasUnnamed = guest.NetworkInterface.Any(nic => TakesAnyBridge(guest, nic));
        if (wanted.Length == 0 && !hasUnnamed)
        {
            return Passed($"{guest.Name} is plugged into no bridge by name.");
        }

        if (pair.Destination.Bridges.Value is not { } present)
        {
            return Unknown(pair.Destination.Bridges);
        }

        string[] missing = [.. plugged.Where(nic => BridgeName.On(present, nic) is null).Select(nic => nic.Bridge!).Distinct()];
        if (missing.Length > 0)
        {
            return Missing(pair, guest, wanted, missing, present);
        }

        if (hasUnnamed && present.Count != 1)
        {
            return Unnamed(pair, guest, present);
        }

        return plugged.FirstOrDefault(nic => BridgeName.On(present, nic) == BridgeName.Substitute(nic.Bridge!)) is { } moved
            ? Substituted(pair, guest, moved.Bridge!)
            : Passed($"{pair.Destination.Host} has {string.Join(", ", hasUnnamed ? present : wanted)}.", pair.Destination.Bridges.Evidence);
    }

    /// <summary>xend's vif-bridge takes the first bridge that the host has where a guest names none.</summary>
    private static bool TakesAnyBridge(Guest guest, GuestNetworkInterface nic) =>
        guest.Toolstack == ToolstackKind.Xend && nic is { Bridge: null, BackendDomain: null }
        && (nic.Script is null || nic.Script.EndsWith("vif-bridge", StringComparison.Ordinal));

    private static Finding Unnamed(PairFacts pair, Guest guest, IReadOnlyList<string> present) => new(
        present.Count == 0 ? CheckStatus.Failed : CheckStatus.Warning,
        present.Count == 0
            ? $"{pair.Destination.Host} has no bridge, and {guest.Name} names none."
            : $"{guest.Name} names no bridge, so that vif-bridge takes the first that {pair.Destination.Host} has: which that is, is not told.")
    {
        Expected = "a bridge by name",
        Actual = present.Count > 0 ? string.Join(", ", present) : "no bridge",
        Remediation = present.Count == 0
            ? $"On {pair.Destination.Host}: brctl addbr NAME, then brctl addif NAME and the right interface."
            : $"On {pair.Destination.Host}, see that the first of brctl show is the right one; or name it in the configuration of {guest.Name} (bridge=), and start it anew.",
        Evidence = pair.Destination.Bridges.Evidence,
    };

    private static Finding Missing(PairFacts pair, Guest guest, string[] wanted, string[] missing, IReadOnlyList<string> present) => new(
        CheckStatus.Failed, $"{pair.Destination.Host} has no bridge {string.Join(", ", missing)}, which {guest.Name} is plugged into.")
    {
        Expected = string.Join(", ", wanted.Select(name => BridgeName.Substitute(name) is { } other ? $"{name} (or {other})" : name)),
        Actual = present.Count > 0 ? string.Join(", ", present) : "no bridge",
        Remediation = guest.Toolstack == ToolstackKind.Xend
            ? $"On {pair.Destination.Host}: brctl addbr {missing[0]}, then brctl addif {missing[0]} and the right interface."
            : $"On {pair.Destination.Host}: ip link add {missing[0]} type bridge, and put the right interface into it.",
        Evidence = pair.Destination.Bridges.Evidence,
    };

    /// <summary>vif-bridge takes ethN for xenbrN since bridges have the card's own name, which Xen 3.2 began with.</summary>
    private static Finding Substituted(PairFacts pair, Guest guest, string wanted)
    {
        string found = BridgeName.Substitute(wanted)!;
        string message = $"{pair.Destination.Host} has no bridge {wanted}, and a bridge {found}";
        return pair.Destination.Xen.Value is { } xen && xen.Version >= s_substitutes
            ? Passed($"{message}, which Xen's vif-bridge takes in its place.", pair.Destination.Bridges.Evidence)
            : new Finding(CheckStatus.Warning, $"{message}: whether its vif-bridge takes that in its place for {guest.Name} is not sure before Xen {s_substitutes}.")
            {
                Expected = wanted,
                Actual = found,
                Remediation = $"See, on {pair.Destination.Host}: grep xenbr /etc/xen/scripts/vif-bridge. If it has nothing, give the bridge the name {wanted}.",
                Evidence = pair.Destination.Bridges.Evidence,
            };
    }
}
