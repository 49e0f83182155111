namespace XenMigrate.Failures;

/// <summary>What xm and xend say, of Xen 3.0 to 4.4 (tools/python/xen/xend and xm), and the log of a destination's xend.</summary>
internal static class XendMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "RelocationDenied",
            "Rejected connection from|can't connect: *Connection reset by peer",
            "On {destination}, let {source} in: xend-relocation-hosts-allow in /etc/xen/xend-config.sxp, then: service xend restart"),
        new(
            "PortUnreachable",
            "can't connect: ",
            "On {destination}, see that (xend-relocation-server yes) is set in /etc/xen/xend-config.sxp and xend runs; on {source}, that 'nc -z -w 5 {address} 8002' works."),
        new(
            "PrivilegeRequired",
            "Most commands need root access|(13, 'Permission denied')",
            "xm has to run as root: connect to {source} and {destination} as root."),
        new(
            "ToolstackNotFound",
            "Unable to connect to xend|Exception starting xend|Is xend running|xm: not found|xm: command not found",
            "On {destination}: service xend start"),
        new(
            "NameCollision",
            "VM name '*' already exists|VM name '*' already in use|VM name '*' is in use|VM name '*' is used in both domains|VM UUID * already exists|VM UUID * is in use"
                + "|Domain '*' already exists with ID|Error: Domain * already exists",
            "See 'xm list' on {destination}: it has another guest of that name or uuid, or a move left a copy. Repair-GuestMigration removes leftovers."),
        new(
            "InsufficientMemory",
            "Not enough memory is available|Not enough free memory|dom0_min_mem is|memory_dynamic_max too small|failed to allocate memory",
            "Free memory on {destination} ('xm info'): shut guests down there, or lower dom0-min-mem in /etc/xen/xend-config.sxp if Domain-0 may shrink."),
        new(
            "DiskMissing",
            "(vbd) could not be connected|(tap) could not be connected|(tap2) could not be connected|Disk image does not exist|Disk isn't accessible|Floppy file * does not exist"
                + "|Unable to find number for device",
            "Make every disk of {guest} there on {destination} under the same path as on {source}: xm list --long {guest} lists them."),
        new(
            "BridgeMissing",
            "(vif) could not be connected",
            "Make the bridges of {guest} on {destination}, by the same names: brctl show."),
        new(
            "RemotePathInvalid",
            "Unable to create file |Unable to read file |can't write guest state file|can't read guest state file|could not write guest state file|Kernel ramdisk does not exist|Error: Cannot find kernel |Error: Cannot find ramdisk |Error: Cannot find loader |kernel '*' not found|Unable to open config file"
                + "|Can't create directory",
            "See that the file is there on {destination}, and that its folder has room and may be written to."),
        new(
            "GuestNotSuspendable",
            "Timeout waiting for domain * to suspend|refuses migration|Migration not permitted with assigned |Could not pause blktap disk|Cannot suspend privileged domain|cannot restore non-migratable domain"
                + "|Cannot migrate privileged domain|Cannot save privileged domain|Domain cannot be shutdown|Migration tool returned",
            "{guest} has a device that can't be moved, or does not answer the request to suspend: see its console, and xm list --long {guest}."),
        new(
            "GuestNotRunning",
            "Error: Domain is not running|Error: Domain '*' is not started|VM is not suspended; it is|Cannot resume domain that is not suspended",
            "See 'xm list' on {source}: {guest} does not run there."),
        new(
            "NotSupportedByToolstack",
            "HVM guest support is unavailable|unknown image type|Unknown device type: |not a valid disk type|Block device type * is invalid|Invalid VM Name|Missing VM Name|access to network device denied|access to block device * denied"
                + "|Error: Pool * does not exist|pool * not activated|Moving domain to target pool failed|Building domain failed|VM is not authorized to run|VM must have a security label",
            "xend of {destination} can't run {guest} as it is (see the tool's words): compare 'xm info' of both hosts."),
        new(
            "DeviceFailed",
            "could not be connected|could not be reconfigured|device model '*' not found|non-page-aligned MMIO BAR found|pci: failed to open/write/close|irq: Failed to |ioports: Failed to "
                + "|Cannot configure device for unknown backend|Could not find backend|Timed out waiting for device model action|Device model reported an error"
                + "|Failed to assign device to IOMMU|pci: failed to locate device|failed to assign device|is already connected|pci: PCI Backend and pci-stub",
            "A device of {guest} can't be had on {destination}: /var/log/xen/xend.log there says which. Detach it before the move, or make it there."),
        new(
            "SavedGuestCorrupt",
            "not a valid guest state file: found|not a valid guest state file: config parse",
            "The image is not whole, or not one of xend's: make a new one (Save-Guest)."),
        new(
            "GuestNotFound",
            "Error: Domain '*' not found|Error: Domain '*' does not exist|Error: the domain '*' does not exist",
            "See 'xm list' on {source}: no guest has that name there any more."),
        new(
            "TransportBroken",
            "not a valid guest state file|read_exact: EOF trying to read|Could not read store MFN|Could not read console MFN|Error reading from child process for|Connection reset by peer|Broken pipe|SSL error: ",
            "The stream from {source} to {address} broke. See whether {destination} is up, whether its xend-relocation-hosts-allow admits {source}, "
                + "and /var/log/xen/xend.log on both; then move again."),
    ];
}
