namespace XenMigrate.Checks;

/// <summary>The last pages are sent while the guest stands still, for which its own kernel has to do something.</summary>
internal sealed class CanSuspendCheck() : GuestCheck("XM-DEV-04", "The guest can be suspended", CheckCategory.Device, "GuestNotSuspendable")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (guest.Id is not { } id)
        {
            return Skipped($"{guest.Name} does not run: see XM-GST-01.");
        }

        if (!pair.Source.Domains.TryGetValue(id, out DomainFacts? domain))
        {
            return Unknown(Answer<SuspendOffer>.None(pair.Source.Host, pair.Source.SessionProblem ?? $"{guest.Name} was not asked for"));
        }

        if (domain.Suspend.Value is not { } offer)
        {
            return Unknown(domain.Suspend);
        }

        bool isFull = guest.Type is GuestType.HVM;
        return offer switch
        {
            { Offers: true } => Passed($"{guest.Name} offers to be suspended.", domain.Suspend.Evidence),
            { TellsOthers: true } => new Finding(
                CheckStatus.Failed, $"{guest.Name} on {pair.Source.Host} tells what it can do, and to be suspended is not among it.")
            {
                Expected = "control/feature-suspend = \"1\"",
                Actual = "no such value",
                Remediation = $"Boot {guest.Name} with a kernel that is built with CONFIG_HIBERNATE_CALLBACKS, or with its Xen drivers; "
                    + $"see on {pair.Source.Host}: {SuspendOffer.Command(id)}",
                Evidence = domain.Suspend.Evidence,
            },
            { HasDrivers: false } when isFull => Passed(
                $"{guest.Name} has no drivers of Xen's, so the hypervisor suspends it alone.", domain.Suspend.Evidence),
            // It is written when a guest boots and does not travel with it, and kernels before Linux 4.11 never write it.
            _ => Skipped($"{guest.Name} on {pair.Source.Host} tells nothing of itself, as an old kernel and a guest that came by a move do. "
                + $"To know: Save-Guest {PowerShellText.Quote(guest.Name)} -KeepRunning."),
        };
    }
}
