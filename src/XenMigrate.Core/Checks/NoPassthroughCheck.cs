namespace XenMigrate.Checks;

internal sealed class NoPassthroughCheck()
    : GuestCheck("XM-DEV-01", "The guest has no devices of its host", CheckCategory.Device, "GuestNotSuspendable")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Source.Guests.Value is null)
        {
            return Unknown(pair.Source.Guests);
        }

        if (guest.PassthroughDevice.Count == 0)
        {
            return Passed($"{guest.Name} has no device of its host.", pair.Source.Guests.Evidence);
        }

        string devices = string.Join(", ", guest.PassthroughDevice);
        return new Finding(CheckStatus.Failed, $"{guest.Name} on {pair.Source.Host} has devices of its host: {devices}.")
        {
            Expected = "none",
            Actual = devices,
            Remediation = $"Detach them on {pair.Source.Host} ({(guest.Toolstack == ToolstackKind.Libvirt ? $"virsh detach-device {guest.Id} FILE" : $"{guest.Toolstack.Tool()} pci-detach {guest.Id} DEVICE, or what fits their kind")}), "
                + "or take them out of its configuration and start it anew.",
            Evidence = pair.Source.Guests.Evidence,
        };
    }
}
