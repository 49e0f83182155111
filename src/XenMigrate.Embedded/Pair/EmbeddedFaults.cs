using System.Text.RegularExpressions;

namespace XenMigrate.Embedded.Pair;

/// <summary>
/// Breaks a host on purpose, for tests and demonstrations, where that takes more than to set a property of its machine or its
/// bridge. <see cref="Reset"/> mends everything again.
/// </summary>
internal sealed class EmbeddedFaults(EmbeddedHost host)
{
    private MountPoint? _unmounted;
    private (Guid BootId, DateTimeOffset At)? _booted;

    /// <summary>Lets the bridge carry frames of another length, in bytes.</summary>
    public void SetBridgeMtu(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 68);
        host.Dom0.Bridge.Mtu = bytes;
    }

    /// <summary>Lets the bridge take part in the spanning tree protocol, and wait so long before it forwards for a new port.</summary>
    public void SetSpanningTree(TimeSpan forwardDelay)
    {
        host.Dom0.Bridge.SpanningTree = true;
        host.Dom0.Bridge.ForwardDelay = forwardDelay;
    }

    /// <summary>Turns the relocation server on or off in xend-config.sxp, and restarts xend.</summary>
    public void SetRelocation(bool isOn) => Configure("xend-relocation-server", isOn ? "yes" : "no");

    /// <summary>Sets hosts-allow in xend-config.sxp, written as xend would, and restarts xend.</summary>
    /// <exception cref="ConfigurationInvalidException">xend does not start with it; it stays down until it is mended.</exception>
    public void SetHostsAllow(string value) => Configure("xend-relocation-hosts-allow", SxpWriter.Atom(value));

    /// <summary>Unmounts the shared storage; on the server the disk itself.</summary>
    public void UnmountStorage()
    {
        MountPoint mount = host.Files.MountOf(PairStorage.Folder);
        if (mount.Path == PairStorage.Folder && host.Files.Unmount(mount.Path))
        {
            _unmounted = mount;
        }
    }

    /// <summary>Mounts the shared storage so that nobody can write to it.</summary>
    public void MountStorageReadOnly() => Remount(mount => mount with { IsReadOnly = true });

    /// <summary>
    /// Exports the shared storage with other options, on the server: "rw,async,root_squash". Whether clients' root may
    /// write goes with it.
    /// </summary>
    /// <exception cref="ConfigurationInvalidException">This host exports nothing.</exception>
    public void ExportStorage(string options, string folder = PairStorage.Folder)
    {
        if (!host.Profile.HasStorage)
        {
            throw new ConfigurationInvalidException(
                PairStorage.ExportsPath, $"{host.Profile.Name} exports nothing; {HostProfile.Virt07.Name} does");
        }

        _ = host.Files.Write(PairStorage.ExportsPath, $"{folder}  *({options})\n");
        host.Peer(HostProfile.Virt08).Faults.Remount(mount => mount with
        {
            RefusesRoot = !options.Split(',').Contains("no_root_squash"),
        });
    }

    /// <summary>Takes xend away, and puts xl with a Xen of its time in its place. Guests of xend's are seen by nobody then.</summary>
    public void InstallXl()
    {
        host.Machine.HasXl = true;
        host.Machine.Xen = HypervisorVersion.Parse("4.17.5");
    }

    /// <summary>Lets the host be up for so long.</summary>
    public void SetUptime(TimeSpan uptime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(uptime, TimeSpan.Zero);
        _booted = _booted?.BootId == host.Machine.BootId ? _booted : (host.Machine.BootId, host.Machine.BootedAt);
        host.Machine.Uptime = uptime;
    }

    /// <summary>Leaves only so many MiB free; 0 or more.</summary>
    public void LimitFreeMemory(int megabytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(megabytes);
        host.Hypervisor.BallastMB = 0;
        host.Hypervisor.BallastMB = Math.Max(0, host.Hypervisor.FreeMB - megabytes);
    }

    /// <summary>Lets a packet filter drop what comes to this host for a port.</summary>
    public void BlockPort(int port) => host.Dom0.Network.Block(new IPEndPoint(host.Profile.Address, port));

    /// <summary>Lets a packet filter reset what comes to this host for a port, as if nobody listened there.</summary>
    public void RejectPort(int port) => host.Dom0.Network.Reject(new IPEndPoint(host.Profile.Address, port));

    /// <summary>Slows connections made from now on: so many bytes per second and direction, which they share. The link has two ends, so this is the pair's.</summary>
    public void SlowLink(long bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        host.Dom0.Network.SetFaults(host.Dom0.Network.Faults with { BytesPerSecond = bytesPerSecond });
    }

    /// <summary>
    /// Cuts the link between the hosts, until <see cref="RestoreLink"/>. A silent cut tells nobody; it is one only for
    /// connections that were made while the link was slowed or to be cut later: others learn of it at once.
    /// </summary>
    public void CutLink(LinkCut how = LinkCut.Reset) => host.Dom0.Network.SetFaults(host.Dom0.Network.Faults with { Down = how });

    /// <summary>Cuts each connection made from now on after so many bytes, both ways together.</summary>
    public void CutLinkAfter(long bytes, LinkCut how = LinkCut.Reset) =>
        host.Dom0.Network.SetFaults(host.Dom0.Network.Faults with { CutAfterBytes = bytes, CutAfterKind = how });

    /// <summary>Mends the link between the hosts.</summary>
    public void RestoreLink() => host.Dom0.Network.SetFaults(LinkFaults.None);

    /// <summary>Everything as it was at the beginning, but for the guests, which stay where they are.</summary>
    public void Reset()
    {
        if (!host.Machine.IsOn)
        {
            host.PowerOn();
        }

        RestoreLink();
        host.Dom0.Network.Unblock(host.Profile.Address);
        host.Dom0.Bridge.Rename(HostBridge.UsualName);
        host.Dom0.Bridge.Mtu = HostBridge.UsualMtu;
        host.Dom0.Bridge.SpanningTree = false;
        host.Dom0.Bridge.ForwardDelay = TimeSpan.Zero;
        host.Machine.ClockOffset = TimeSpan.Zero;
        host.Machine.HasTimeServer = true;
        host.Machine.Processor = HostProcessor.Xeon;
        host.Machine.Xen = HypervisorVersion.Usual;
        host.Machine.HasXl = false;
        if (_booted is { } booted && booted.BootId == host.Machine.BootId)
        {
            host.Machine.BootedAt = booted.At;
        }

        _booted = null;
        host.Machine.GuestsOfferSuspend = true;
        host.Hypervisor.BallastMB = 0;
        if (_unmounted is { } mount && host.Files.MountOf(mount.Path).Path != mount.Path)
        {
            host.Files.Mount(mount);
        }

        _unmounted = null;
        Remount(mount => mount with { IsReadOnly = false, RefusesRoot = false });
        if (host.Profile.HasStorage)
        {
            host.Peer(HostProfile.Virt08).Faults.Remount(mount => mount with { RefusesRoot = false });
        }

        _ = host.Files.Write(PairStorage.ExportsPath, PairStorage.ExportsOf(host.Profile));
        if (host.Files.Find(XendConfiguration.Path) is null || host.Files.ReadText(XendConfiguration.Path) != HostSetup.XendConfigurationText
            || !host.Xend.IsRunning)
        {
            _ = host.Files.Write(XendConfiguration.Path, HostSetup.XendConfigurationText);
            Restart();
        }
    }

    private void Remount(Func<MountPoint, MountPoint> change)
    {
        MountPoint mount = host.Files.MountOf(PairStorage.Folder);
        if (mount.Path == PairStorage.Folder && host.Files.Unmount(mount.Path))
        {
            host.Files.Mount(change(mount));
        }
    }

    private void Configure(string name, string value)
    {
        string text = host.Files.ReadText(XendConfiguration.Path);
        Regex line = new($@"^\({name}\b[^\n]*", RegexOptions.Multiline);
        string changed = line.IsMatch(text) ? line.Replace(text, _ => $"({name} {value})", 1) : $"{text}({name} {value})\n";
        _ = host.Files.Write(XendConfiguration.Path, changed);
        Restart();
    }

    private void Restart()
    {
        host.Xend.Stop();
        if (!host.Xend.Start())
        {
            throw new ConfigurationInvalidException(XendConfiguration.Path, $"xend does not start with it on {host.Profile.Name}");
        }
    }
}
