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
            "cannot acquire lock /|Domain *:failed to acquire lock|Failed to grab lock for|Allegedly named `*' is actually named `",
            "Another xl works on {destination} (or {source}) and does not end: 'ps -ef | grep xl' shows it there. Try again when it has ended."),
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
                + "|can't allocate low memory for domain|oom: can't allocate|not enough memory for initial mapping|Failed to set paging mempool size|error: Cannot allocate "
                + "|Insufficient memory for getting eXtended states|Couldn't get a page below 4GB|xc_domain_setmaxmem|allocation for pfn_err failed|error: Unable to allocate ",
            "See 'xl info free_memory' on {destination}: shut guests down there, or lower the memory of Domain-0 ('xl mem-set 0 SIZE')."),
        new(
            "DiskInUse",
            "Failed to get \"write\" lock|Failed to get shared \"write\" lock|Is another process using the image",
            "Another process on {destination} has the disk of {guest} open: find it with 'lsof' or 'fuser -v' before anything else is done to the guest."),
        new(
            "DiskMissing",
            "failed to stat: |phys path is not a block dev or file|unable locally attach device|unable to add disk devices|Unable to set disk defaults for disk|no suitable backend for disk|Disk vdev=* is empty but"
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
                + "|xc_dom_kernel_file failed|xc_dom_ramdisk_file failed|xc_dom_{kernel_file/ramdisk_file} failed|failed to read SMBIOS firmware file|failed to read ACPI firmware file|failed to load IPXE"
                + "|direct boot parameters specified but kernel missing|Failed to read config file: /*.cfg",
            "See that the file is there on {destination}, and that its folder has room and may be written to."),
        new(
            "GuestNotSuspendable",
            "guest didn't acknowledge suspend|guest didn't acknowledge control request|guest did not suspend|xc_await_suspend failed|Suspend event channel initialization failed|Suspend request failed"
                + "|Domain appears not to have suspended|Domain not in suspended state|Domain has not been suspended|PV control interface not available"
                + "|save callback suspend() failed|domain did not respond to suspend request: Timeout|guest we were suspending has been destroyed",
            "{guest} does not answer the request to suspend: see its console and its PV drivers."),
        new(
            "GuestNotSuspendable",
            "Cannot save a guest with vNUMA|Cannot migrate superpage|Cannot save this big a guest|p2m generation count changed|max_pfn * too large for p2m tree"
                + "|no valid device model version found|Too many VCPUS in guest|Bad mfn for suspend record|Bad mfn in p2m_frame_list|in p2m frame list|Truncation detected copying p2m|Bad p2m_cr3 value|Bad virtual p2m address range"
                + "|during page table walk for vaddr|Bad mfn for frame * of vcpu*'s GDT|Bad mfn for vcpu*'s cr|PTE truncation detected|is not in range of pseudophys map"
                + "|Frame# in pfn-to-mfn frame list is not in pseudophys|Fatal PT race|Timed out waiting for frame list updated|Found L4 table for 32bit guest|Domain has disable_migrate|non-migratable",
            "{guest} is made so that Xen can't move it (see the tool's words). Shut it down and start it on {destination}."),
        new(
            "CpuIncompatible",
            "Failed to set CPUID policy|Failed to set domain * policy|Failed to set d*'s policy|SETVCPUCONTEXT failed|SETHVMCONTEXT failed|Failed to set vcpu*'s basic info|xc_domain_set_tsc_info() failed|Failed to set CPU policy|cpu policy|CPUID policy|CPUID leaf|Failed to update CPUID|Failed to deserialise CPUID|Failed to deserialise MSR"
                + "|Leaf * is not compatible|MSR index * is not compatible|Missing leaf |Missing MSR |Failed to set vcpu*'s msrs|Failed to set vcpu*'s xsave info"
                + "|Failed to set vcpu*'s extended info|Couldn't set extended vcpu|Couldn't set eXtended States|Unable to restore HVM context|Unable to set TSC information",
            "{destination} lacks CPU features that {guest} uses: level them with its cpuid= option. 'xl dmesg' on {destination} names what Xen refused."),
        new(
            "NotSupportedByToolstack",
            "need newer xl|Unexpected Version: expected|Invalid Version: Expected|Mandatory record * not handled|Unrecognised record |Unable to handle big endian streams"
                + "|Cannot restore this big a guest|Failed to start the legacy stream conversion helper|Unable to restore * domain into|option `*' not supported"
                + "|neither hap nor shadow paging available|TSC Mode native_paravirt|passthrough not supported on this platform|passthrough not yet supported"
                + "|invalid domain type|not supported by xen kernel, sorry|no loader found|is not an ELF image|unsupported feature requested|Couldn't set viridian feature mask|Couldn't set HVM_PARAM_"
                + "|qemu-xen does not support bios=|unknown device model version|Unknown device_model_version|XSM Disabled: |LLC coloring not enabled|Illegal pool specified|Invalid init_seclabel"
                + "|Invalid seclabel|PV or PVH guest with an emulated interface|passthrough disabled but devices are specified|not supported together with PoD|due to PoD enabled|HAP must be on for PVH"
                + "|device model stubdomains require|built without support of|vPMU not supported on this platform|altp2m: |max grant version * out of range|PV vNUMA is not yet supported",
            "Xen of {destination} can't run {guest} as it is: it is older than the one of {source}, or built or booted without something that the guest needs. "
                + "Compare 'xl info' of both."),
        new(
            "DeviceFailed",
            "device model did not start|domain * device model: startup timed out|domain * device model: spawn failed|qemu-xen is unavailable|device model * is not executable"
                + "|unable to open Qemu logfile|QEMU did not start properly|failed to suspend device model|failed to resume device model|Failed to resume device model"
                + "|device model required but not running|qemu-xen access error|Device Model already exited|unable to find device model pid|could not access stubdomain",
            "The device model (QEMU) of {guest} failed: see /var/log/xen/qemu-dm-{guest}.log on {destination}, and that QEMU is installed there as on {source}."),
        new(
            "DeviceFailed",
            "unable to add * devices|unable to add pci device|failed give dom* access to|failed to give dom* access to|failed to map to domain iomem range|xc_assign_dtdevice failed|pciback driver|Couldn't bind device to|Not bound to pciback"
                + "|Couldn't unbind device|xc_domain_irq_permission |xc_physdev_map_pirq |device already exists in xenstore|libxl_create_pci_backend failed|timed out waiting for DM to remove|xc_assign_device failed|Backend * not ready|Backend * does not exist"
                + "|PCI device * is not assignable|libxl__device_pci_add failed",
            "A device of {guest} can't be had on {destination} (see the tool's words). Detach it before the move, or make it there."),
        new(
            "SavedGuestCorrupt",
            "corrupt or for a different tool|record wrong size: length|should be multiple of|HVM_PARAMS record truncated|X86_PV_INFO record|record too short to contain header"
                + "|exceeds max (|outside domain maximum|Expected at least 1 pfn in PAGE_DATA|Multiple STATIC_DATA_END records|Found checkpoint in non-checkpointed stream|record when none was expected"
                + "|Unexpected CHECKPOINT_|Start Info pfn |Start Info has bad mfn|XenStore pfn |Console pfn |GDT frame * has bad |GDT frame * out of range|cr3 (pfn |cr1 (pfn |cr3 has bad mfn|cr1 has bad mfn"
                + "|p2m_frame_list[*] |Sender didn't send vcpu0's basic state|Frame number in page table is out of range|bad extended-info context size|Key in xenstore data not|Val in xenstore data not|empty key found in xenstore data|File has wrong magic number|Savefile truncated|File has wrong byte order|Invalid marker: Got|Invalid ID: Expected|Invalid ident: expected"
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
                + "|Error when reading |Error when writing |Error when flushing|Error flushing output|error write hvm buffer|write HVM info failed"
                + "|Error reading HVM params|Error reading QEMU|Error reading magic PFNs|read extended-info * failed|read * of p2m_frame_list failed|read p2m_frame_list failed|bytes of data for record|Failed to write HVM_PARAMS record"
                + "|error write HVM_CONTEXT record|0-length read"
                + "|read_exact_timed failed|without signaling completion",
            "The stream from {source} to {address} broke. See whether {destination} is up, and its xl's log in /var/log/xen there; then move again."),
    ];
}
