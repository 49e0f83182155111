using System.Collections.Concurrent;

namespace XenMigrate.Embedded.Dom0;

/// <summary>The destination's side of xend: guests that come in over the relocation port.</summary>
internal sealed class IncomingGuests(ControlDomain dom0) : IIncomingGuests
{
    private readonly ConcurrentDictionary<EmbeddedGuest, HostProcess> _restores = new();

    /// <summary>Somebody ended the process that takes a guest's memory in.</summary>
    public event Action<EmbeddedGuest>? Terminated;

    public EmbeddedGuest Reserve(IncomingGuest guest)
    {
        try
        {
            DomainConfiguration configuration = DomainSxp.Parse(guest.Identity.Description);
            if (configuration.Pages != guest.Pages || configuration.Uuid != guest.Identity.Uuid)
            {
                throw new XendException("not a valid guest configuration: its memory or uuid is not that of the stream");
            }

            Domain domain = dom0.Hypervisor.Add(
                configuration,
                dom0.Machine.Now(),
                () => new EmbeddedGuest(
                    guest.Identity with { Name = configuration.Name }, new GuestMemory(guest.Pages), guest.Registers, dom0.Machine.Now),
                "it is coming in");
            dom0.Log.Debug("XendDomainInfo:1345", $"XendDomainInfo.constructDomain: {configuration.Name} as domain {domain.Id}");
            domain.IsComing = true;
            string tool = $"/usr/lib64/xen/bin/xc_restore 4 {domain.Id} 1 2 0 0 0 0";
            dom0.Log.Debug("XendCheckpoint:220", $"[xc_restore]: {tool}");
            _restores[domain.Guest] = dom0.Processes.Add(tool, () => Terminated?.Invoke(domain.Guest));
            return domain.Guest;
        }
        catch (Exception e) when (e is XendException or OutOfMemoryException)
        {
            // This machine may have less memory than the host that it plays.
            dom0.Log.Error("XendDomain:1107", $"Restore failed: {e.Message}");
            throw new GuestRefusedException(e.Message);
        }
    }

    public void Activate(EmbeddedGuest guest, bool paused)
    {
        EndRestore(guest);
        if (DomainOf(guest) is not { } domain || !Connect(domain))
        {
            return;
        }

        domain.IsComing = false;
        if (!domain.IsLost)
        {
            dom0.Consoles.Attach(guest);
            dom0.Log.Debug("XendDomainInfo:2013", $"Activating domain {domain.Id} ({guest.Name})");
            if (!paused)
            {
                guest.Resume();
            }
        }

        domain.End();
        dom0.Hypervisor.ReleaseIfLost(domain);
    }

    public void Abandon(EmbeddedGuest guest)
    {
        EndRestore(guest);
        if (DomainOf(guest) is { } domain)
        {
            dom0.Log.Debug("XendDomainInfo:1557", $"XendDomainInfo.destroy: domid={domain.Id}");
            dom0.Hypervisor.Remove(domain);
        }
    }

    /// <summary>
    /// xend waits for the devices once the memory is there. The source has destroyed its copy by then, so a guest whose devices
    /// can't be connected is lost on both hosts.
    /// </summary>
    private bool Connect(Domain domain)
    {
        try
        {
            GuestDevices.Connect(dom0, domain.Configuration);
            return true;
        }
        catch (XendException e)
        {
            dom0.Log.Error("XendCheckpoint:357", e.Message);
            Abandon(domain.Guest);
            return false;
        }
    }

    private void EndRestore(EmbeddedGuest guest)
    {
        if (_restores.TryRemove(guest, out HostProcess? restore))
        {
            dom0.Processes.Remove(restore);
        }
    }

    private Domain? DomainOf(EmbeddedGuest guest)
    {
        foreach (Domain domain in dom0.Hypervisor.Domains)
        {
            if (ReferenceEquals(domain.Guest, guest))
            {
                return domain;
            }
        }

        return null;
    }
}
