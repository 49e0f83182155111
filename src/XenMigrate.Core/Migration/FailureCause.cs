using System;
using System.Collections.Generic;
using System.Linq;
using XenMigrate.Relocation;
using XenMigrate.Toolstacks;

namespace XenMigrate.Migration;

/// <summary>Finds in what the tools wrote why a move failed. The first cause that any line tells wins.</summary>
internal static class FailureCause
{
    public const string Fallback = "RemoteCommandFailed";

    // In this order: a first cause brings the later ones with it (a broken stream follows from nearly everything).
    private static readonly (string ErrorId, OrderedText Evidence)[] s_causes =
    [
        ("HostKeyChanged", Text("REMOTE HOST IDENTIFICATION HAS CHANGED|host key for *has changed|revoked")),
        ("HostKeyUnknown", Text("No *host key is known|Host key verification failed")),
        ("AuthenticationFailed", Text("Permission denied (")),
        ("PortUnreachable", Text("No route to host|Connection refused|Connection timed out|Network is unreachable|"
            + "Could not resolve hostname|Operation timed out")),
        ("ToolstackNotFound", Text("xl: not found|xl: command not found|error status 127")),
        ("ToolstackNotFound", Text("failed to connect to the hypervisor|cannot connect to '*libvirt*sock'")),
        ("GuestBusy", Text("cannot acquire state change lock")),
        ("LogDirtyUnsupported", Text("Failed to enable logdirty")),
        ("RelocationDenied", Text("Rejected connection from")),
        ("NameCollision", Text("Domain with name \"*\" already exists|VM name * already exists|VM name * is in use|"
            + "VM UUID * already exists|VM UUID * is in use|Domain * already exists")),
        ("InsufficientMemory", Text("Failed to populate p|Failed to allocate memory|failed to free memory|Cannot allocate memory|"
            + "not enough memory|not enough free memory|domain_claim_pages failed|failed to claim|dom0_min_mem is")),
        ("DiskMissing", Text("Device * (vbd) could not be connected|Device * (tap) could not be connected|Device * (tap2) could not be connected|"
            + "failed to stat: |is not a block device|Failed to find an unused loop device|unable to add disk devices")),
        ("BridgeMissing", Text("Could not find bridge|Device * (vif) could not be connected")),
        ("GuestNotSuspendable", Text("Timeout waiting for domain * to suspend|refuses migration|guest didn't acknowledge suspend|"
            + "guest did not suspend|Cannot save a guest with vNUMA")),
        ("CpuIncompatible", Text("CPUID|cpu policy", StringComparison.Ordinal)),
        ("TransportBroken", Text("Broken pipe|Connection reset|file/stream truncated|Connection to * closed|"
            + "Timeout, server * not responding|unexpected data instead of banner|not a valid guest state file|"
            + "closed the connection|connection ended|connection broke|fell silent")),
    ];

    /// <summary>The error id, or null if no line tells.</summary>
    public static string? Of(IReadOnlyList<string> lines) =>
        s_causes.FirstOrDefault(cause => lines.Any(line => cause.Evidence.IsIn(line))).ErrorId;

    /// <summary>Whether it is something that moves fail of, which clocks that differ, say, are not.</summary>
    public static bool IsKnown(string errorId) => s_causes.Any(cause => cause.ErrorId == errorId);

    /// <summary>What to do about a cause that no check had foreseen.</summary>
    public static string? Advice(string errorId, MigrationPlan plan) => errorId switch
    {
        "RelocationDenied" => $"On {plan.Destination}, let {plan.Source} in: xend-relocation-hosts-allow in {XendConfiguration.Path}, then: service xend restart",
        "TransportBroken" when IsXend(plan) => $"The stream from {plan.Source} to {plan.MigrationAddress} broke. See whether {plan.Destination} is up, "
            + $"whether its xend-relocation-hosts-allow admits {plan.Source}, and /var/log/xen/xend.log on both; then move again.",
        "PortUnreachable" when IsXend(plan) => $"On {plan.Destination}, see that (xend-relocation-server yes) is set in {XendConfiguration.Path} and xend runs; "
            + $"on {plan.Source}, that 'nc -z -w 5 {plan.MigrationAddress} {XendConfiguration.DefaultPort}' works.",
        "GuestBusy" => $"Another move of {plan.Guest.Name} is under way, or an earlier one left libvirt's lock on it: if none is, on {plan.Source}: systemctl restart libvirtd; guests run on.",
        "ToolstackNotFound" when IsLibvirt(plan) => $"On {plan.Destination}: systemctl start libvirtd",
        "TransportBroken" when IsLibvirt(plan) => $"The stream from {plan.Source} to {plan.MigrationAddress} broke. See whether {plan.Destination} is up, "
            + $"whether it accepts TCP ports 49152 to 49216 from {plan.Source}, and /var/log/libvirt/libxl on both; then move again.",
        "TransportBroken" => $"The stream from {plan.Source} to {plan.MigrationAddress} broke. See whether {plan.Destination} is up, "
            + "and its xl's log in /var/log/xen there; then move again.",
        "PortUnreachable" => $"On {plan.Source}, make 'ssh {plan.MigrationAddress}' work.",
        "GuestNotSuspendable" => $"{plan.Guest.Name} does not answer the request to suspend: see its console and its PV drivers.",
        "CpuIncompatible" => $"{plan.Destination} lacks CPU features that {plan.Guest.Name} uses: level them with its cpuid= option.",
        _ => $"Run: Test-MigrationEnvironment {plan.Source} {plan.Destination} -Name {PowerShellText.Quote(plan.Guest.Name)}",
    };

    private static bool IsXend(MigrationPlan plan) => plan.Guest.Toolstack == ToolstackKind.Xend;

    private static bool IsLibvirt(MigrationPlan plan) => plan.Guest.Toolstack == ToolstackKind.Libvirt;

    private static OrderedText Text(string pattern, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        new(pattern, comparison);
}
