namespace XenMigrate.Failures;

/// <summary>What Xen's hotplug scripts say (tools/hotplug/Linux), through libxl, xend or their own log.</summary>
internal static class HotplugMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "DiskInUse",
            "is mounted in a guest domain|is mounted in the privileged domain|is mounted read-write in|is loopback-mounted through|already in use by other domain"
                + "|tap * file * in use|Device already opened",
            "Another guest on {destination}, or {destination} itself, uses the disk of {guest}. See who does before anything else: two writers destroy it."),
        new(
            "DiskMissing",
            "is not a block device|is not a block dev|link does not exist.|script: * does not exist.|Failed to find an unused loop device|No matching target iqn found"
                + "|Unable to find attached device|timeout waiting for iSCSI disk to settle|Unable to find iscsiadm tool|Unable to find multipath|Unable to find losetup|Unable to find tap-ctl tool|Could not spawn tapdisk"
                + "|script: Cannot parse required parameters|script: No information about the target|required parameters not set|iqn= and portal= are required|Could not allocate minor"
                + "|script: Could not attach * and |script: Could not open "
                + "|Unable to lookup * inode: |Path closed or removed during hotplug add",
            "Make every disk of {guest} there on {destination} under the same path as on {source}; 'losetup -a' there shows the loop devices in use."),
        new(
            "BridgeMissing",
            "Could not find bridge|No valid bridge was specified|Unable to find ovs-vsctl tool|ovs-vsctl * add-port|can't add * to bridge |no bridge named "
                + "|Cannot rename interface|Unable to find ip tool|no bridge specified, and don't know which one to use|vif-bridge failed|vif-openvswitch failed|is not up.  Bring it up or specify another interface|vif-route failed|vif-nat failed",
            "Make the bridges of {guest} on {destination}, by the same names and of the same kind: Test-MigrationEnvironment lists what is missing."),
        new(
            "DeviceFailed",
            "Error while executing vTPM operation|Hotplug scripts not working|hotplug script * failed|device_hotplug_child_death_cb: script: |xenstore-read * failed.|Writing * to xenstore failed.|iptables setup failed. This may affect",
            "A hotplug script failed on {destination}: /var/log/xen/xen-hotplug.log and the journal there have its words."),
    ];
}
