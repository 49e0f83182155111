namespace XenMigrate.Failures;

/// <summary>What xl, libxl and libxc say, of Xen 4.2 to 4.22 (tools/xl, tools/libs/light, tools/libs/guest; libxc before).</summary>
internal static class XlMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "PrivilegeRequired",
            "cannot init xl context|Could not obtain handle on privileged command interface",
            "xl has to run as root in the control domain: connect to {source} and {destination} as root."),
        new(
            "GuestBusy",
            "cannot acquire lock /|Domain *:failed to acquire lock",
            "Another xl works on {destination} and does not end: 'ps -ef | grep xl' shows it there. Try again when it has ended."),
        new(
            "LogDirtyUnsupported",
            "Failed to enable logdirty|Couldn't enable shadow mode",
            "Xen on {source} can't note which pages {guest} writes, as for a guest with PCI devices: move it offline."),
        new(
            "LogDirtyUnsupported",
            "logdirty switch: wait for device model timed out|logdirty switch failed|Couldn't enable qemu log-dirty mode|Couldn't disable qemu log-dirty mode",
            "The device model of {guest} on {source} does not answer: see /var/log/xen/qemu-dm-{guest}.log there. An offline move needs no answer."),
        new(
            "NameCollision",
            "Domain with name \"*\" already exists|Domain with name '*' already exists",
            "See 'xl list' on {destination} and {source}: a guest has that name already, or a move left a copy. Repair-GuestMigration removes leftovers."),
        new(
            "InsufficientMemory",
            "Failed to populate p|Populate physmap failed|Failed to allocate memory|failed to free memory|Cannot allocate memory|domain_claim_pages failed|failed to claim"
                + "|Couldn't allocate memory|Unable to allocate enough memory|Could not allocate page buffer|Failed to allocate memory for batch|memory alloc failed"
                + "|Couldn't get a page below 4GB|xc_domain_setmaxmem|allocation for pfn_err failed|error: Unable to allocate ",
            "See 'xl info free_memory' on {destination}: shut guests down there, or lower the memory of Domain-0 ('xl mem-set 0 SIZE')."),
        new(
            "DiskInUse",
            "Failed to get \"write\" lock|Failed to get shared \"write\" lock|Is another process using the image",
            "Another process on {destination} has the disk of {guest} open: find it with 'lsof' or 'fuser -v' before anything else is done to the guest."),
        new(
            "DiskMissing",
            "failed to stat: |unable to add disk devices|Unable to set disk defaults for disk|no suitable backend for disk|Disk vdev=* is empty but"
                + "|Could not open '*': No such file or directory|Failed to open cdrom file|Unable to determine disk image format",
            "Make every disk of {guest} there on {destination} under the same path as on {source}: Get-Guest {guest} -Detailed lists them."),
        new(
            "DiskNotWritable",
            "Could not open '*': Permission denied|Could not open '*': Read-only file system|Could not open '*': Operation not permitted",
            "See that root on {destination} may write to the disks of {guest}: the export's root_squash and ro, and the mode of the files."),
        new(
            "BridgeMissing",
            "unable to add vif devices|unable to add nic devices|Unable to set nic defaults for nic",
            "Make the bridges of {guest} on {destination}, by the same names: Test-MigrationEnvironment lists what is missing. "
                + "/var/log/xen/xen-hotplug.log there has the words of the script."),
        new(
            "RemotePathInvalid",
            "Can't open restore file|Failed to open temp file * for writing|No space left on device|Disk quota exceeded|File too large|Kernel image does not exist"
                + "|direct boot parameters specified but kernel missing|Failed to read config file: /*.cfg",
            "See that the file is there on {destination}, and that its folder has room and may be written to."),
        new(
            "GuestNotSuspendable",
            "guest didn't acknowledge suspend|guest did not suspend, timed out|Suspend event channel initialization failed|Suspend request failed"
                + "|Domain appears not to have suspended|Domain not in suspended state|Domain has not been suspended|PV control interface not available"
                + "|save callback suspend() failed|domain did not respond to suspend request: Timeout|guest we were suspending has been destroyed",
            "{guest} does not answer the request to suspend: see its console and its PV drivers."),
        new(
            "GuestNotSuspendable",
            "Cannot save a guest with vNUMA|Cannot migrate superpage|Cannot save this big a guest|p2m generation count changed|max_pfn * too large for p2m tree"
                + "|no valid device model version found|Too many VCPUS in guest|Domain has disable_migrate|non-migratable",
            "{guest} is made so that Xen can't move it (see the tool's words). Shut it down and start it on {destination}."),
        new(
            "CpuIncompatible",
            "Failed to set CPUID policy|Failed to set CPU policy|cpu policy|CPUID policy|CPUID leaf|Failed to update CPUID|Failed to deserialise CPUID|Failed to deserialise MSR"
                + "|Leaf * is not compatible|MSR index * is not compatible|Missing leaf |Missing MSR |Failed to set vcpu*'s msrs|Failed to set vcpu*'s xsave info"
                + "|Failed to set vcpu*'s extended info|Couldn't set extended vcpu|Couldn't set eXtended States|Unable to restore HVM context|Unable to set TSC information",
            "{destination} lacks CPU features that {guest} uses: level them with its cpuid= option. 'xl dmesg' on {destination} names what Xen refused."),
        new(
            "NotSupportedByToolstack",
            "need newer xl|Unexpected Version: expected|Invalid Version: Expected|Mandatory record * not handled|Unrecognised record |Unable to handle big endian streams"
                + "|Cannot restore this big a guest|Failed to start the legacy stream conversion helper|Unable to restore * domain into|option `*' not supported"
                + "|neither hap nor shadow paging available|TSC Mode native_paravirt|passthrough not supported on this platform|passthrough not yet supported"
                + "|invalid domain type|vPMU not supported on this platform|altp2m: |max grant version * out of range|PV vNUMA is not yet supported",
            "Xen of {destination} can't run {guest} as it is: it is older than the one of {source}, or built or booted without something that the guest needs. "
                + "Compare 'xl info' of both."),
        new(
            "DeviceFailed",
            "device model did not start|domain * device model: startup timed out|domain * device model: spawn failed|qemu-xen is unavailable|device model * is not executable"
                + "|unable to open Qemu logfile|QEMU did not start properly|failed to suspend device model|failed to resume device model|Failed to resume device model"
                + "|device model required but not running|could not access stubdomain",
            "The device model (QEMU) of {guest} failed: see /var/log/xen/qemu-dm-{guest}.log on {destination}, and that QEMU is installed there as on {source}."),
        new(
            "DeviceFailed",
            "unable to add * devices|unable to add pci device|failed give domain access to|xc_assign_device failed|Backend * not ready|Backend * does not exist"
                + "|PCI device * is not assignable|libxl__device_pci_add failed",
            "A device of {guest} can't be had on {destination} (see the tool's words). Detach it before the move, or make it there."),
        new(
            "SavedGuestCorrupt",
            "corrupt or for a different tool|File has wrong magic number|Savefile truncated|File has wrong byte order|Invalid marker: Got|Invalid ID: Expected|Invalid ident: expected"
                + "|PAGE_DATA record * too short|PAGE_DATA record truncated|Unknown type * for pfn|Invalid QEMU signature|Invalid QEMU magic|No STATIC_DATA_END seen"
                + "|configuration found but failed to load",
            "The image is not whole, or not one of xl's: make a new one (Save-Guest), and check the storage that it lay on."),
        new(
            "GuestNotFound",
            "is an invalid domain identifier|Error: Domain '*' does not exist|No config file stored for running domain",
            "See 'xl list' on {source}: no guest of xl's has that name or number there any more."),
        new(
            "TransportBroken",
            "file/stream truncated|contained unexpected data instead of|Broken pipe|Failed to read Record Header from stream|Failed to read Image Header from stream"
                + "|Failed to read Domain Header from stream|Unable to write record to stream|Unable to write Image/Domain headers to stream|Failed to write page data to stream"
                + "|Error when reading batch|Error when reading pages|Error when reading ctxt|Error when writing to state file|Error when flushing|0-length read"
                + "|read_exact_timed failed|without signaling completion",
            "The stream from {source} to {address} broke. See whether {destination} is up, and its xl's log in /var/log/xen there; then move again."),
    ];
}
