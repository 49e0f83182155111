namespace XenMigrate.Failures;

/// <summary>What virsh and libvirt's Xen driver say (src/libxl, src/rpc, src/util; all since its driver moves guests, 1.2.6).</summary>
internal static class LibvirtMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "PrivilegeRequired",
            "error: authentication unavailable|Failed to connect socket to '*': Permission denied|error: access denied|polkit: Authorization requires authentication|error: authentication failed: access denied",
            "Connect as root to {source} and {destination}, or let the user manage libvirt there."),
        new(
            "AuthenticationFailed",
            "Cannot recv data: * Permission denied|error: authentication failed: Failed to start SASL|error: authentication failed: |error: Cannot read * certificate |Unable to read TLS confirmation|Unable to verify TLS peer|TLS handshake failed",
            "libvirt on {source} was not let in by {destination}: make 'virsh -c xen+ssh://{address}/system list' work there."),
        new(
            "PortUnreachable",
            "unable to connect to server at '|unable to connect to libvirtd at '|missing host in migration URI|unable to parse URI|Unable to resolve address '|resolved to localhost, but migration requires an FQDN|Unable to find an unused port in range"
                + "|Fail to create socket for incoming migration|Failed to accept migration connection|unable to bind|Unable to bind to port",
            "On {destination}, see that libvirt may listen on TCP ports 49152 to 49216 and that no firewall is before them; on {source}, that {address} is its address."),
        new(
            "ToolstackNotFound",
            "failed to connect to the hypervisor|Failed to connect socket to '|cannot connect to '*libvirt*sock'|no connection driver available for|Failed to open connection to destination"
                + "|Failed to connect to remote libvirt URI|Cannot find '*' in path: No such file or directory|Cannot recv data: *nc: |End of file while reading data: *nc: |virt-ssh-helper: |virsh: not found|virsh: command not found|Failed to find user record",
            "On {destination}: systemctl start libvirtd (or virtxend). To leave libvirt out of it: Connect-MigrationHost {destination} -Toolstack Xl."),
        new(
            "GuestBusy",
            "cannot acquire state change lock|another migration job is already running|domain is already being migrated|Timed out during operation: ",
            "Another move of {guest} is under way, or an earlier one left libvirt's lock on it: if none is, on {source}: systemctl restart libvirtd; guests run on."),
        new(
            "NameCollision",
            "domain '*' already exists with uuid|domain '*' is already defined with uuid|domain is already active as '|operation failed: domain '*' already exists"
                + "|domain with name '*' already exists",
            "See 'virsh list --all' on {destination}: it has another guest of that name or uuid. Rename or undefine that one."),
        new(
            "InsufficientMemory",
            "libxenlight failed to get free memory|Failed to get free memory|Unable to reserve memory|cannot allocate memory|failed to balloon domain0 memory",
            "See 'xl info free_memory' on {destination}: shut guests down there, or lower the memory of Domain-0."),
        new(
            "DiskInUse",
            "resource busy: Lease|Lease is held by another host|resource busy: Lockspace resource|Failed to acquire lock|is already in use by other domain",
            "libvirt's lock manager says that another host uses the disk of {guest}. See who does before anything else."),
        new(
            "DiskMissing",
            "Cannot access storage file|Storage pool not found|Storage volume not found|cannot stat file|Failed to open disk image|cannot open file '*': No such file or directory",
            "Make every disk of {guest} there on {destination} under the same path as on {source}, or the pool by the same name: virsh pool-list --all."),
        new(
            "BridgeMissing",
            "Cannot get interface * on '|Unable to get index for interface|Network not found|error: * network '*' is not active|Unable to add bridge|no network with matching name|interface bridge * does not exist",
            "Make the bridges or libvirt networks of {guest} on {destination}, by the same names: virsh net-list --all; virsh net-start NAME."),
        new(
            "RemotePathInvalid",
            "Failed to create domain save file|Failed to open domain save|Failed to open file '|cannot create file|Unable to open * for saving",
            "See that the file is there on {destination}, and that its folder has room and may be written to."),
        new(
            "GuestNotSuspendable",
            "domain has assigned host devices|has to be running because libxenlight will suspend it|cannot migrate domain with|Domain is not migratable|domain cannot be migrated",
            "Detach the devices of the host that {guest} has (virsh detach-device), or resume it if it is paused; then move again."),
        new(
            "GuestNotRunning",
            "operation is not valid: domain is not running|operation is not valid: domain is not active",
            "Start {guest} before it is moved, or move its definition with virsh dumpxml and virsh define."),
        new(
            "CpuIncompatible",
            "guest CPU doesn't match specification|the CPU is incompatible with host CPU|unsupported configuration: * CPU",
            "{destination} lacks CPU features that {guest} uses: level them with its cpuid= option."),
        new(
            "NotSupportedByToolstack",
            "Xen migration stream version|unsupported flags (|unsupported migration cookie|this function is not supported by the connection driver|Unsupported migration|invalid argument: unsupported"
                + "|unknown OS type|libxenlight does not support|does not support device|unsupported configuration: ",
            "libvirt or Xen of {destination} is older than the one of {source}, or lacks what {guest} needs: compare 'virsh version' of both."),
        new(
            "DeviceFailed",
            "PCI device * is in use by|Unable to reset PCI device|PCI device * not found|error: Failed to attach device",
            "A device of {guest} can't be had on {destination} (see the tool's words). Detach it before the move, or make it free there."),
        new(
            "SavedGuestCorrupt",
            "image magic is incorrect|mismatched header|failed to read domain image header|Failed to read libxl domain save|failed to read XML|invalid header length",
            "The image is not whole, or not one of libvirt's: make a new one (Save-Guest), and check the storage that it lay on."),
        new(
            "GuestNotFound",
            "failed to get domain '|Domain not found: |no domain with matching ",
            "See 'virsh list --all' on {source}: no guest of libvirt's has that name there any more."),
        new(
            "TransportBroken",
            "End of file while reading data|client socket is closed|Cannot recv data: |Cannot write data: |Disconnected from * due to|Failed to send migration data to destination host"
                + "|Migration failed. Domain is not running on destination host|received hangup|connection closed due to keepalive timeout|Unable to write to socket|Failed to unpause domain",
            "The stream from {source} to {address} broke. See whether {destination} is up, whether it accepts TCP ports 49152 to 49216 from {source}, "
                + "and /var/log/libvirt/libxl on both; then move again."),
    ];
}
