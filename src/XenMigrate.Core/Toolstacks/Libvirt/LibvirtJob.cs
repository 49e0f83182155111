namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>What libvirt is at with a guest. A move that fails while it is prepared leaves its job behind for ever.</summary>
internal static class LibvirtJob
{
    /// <summary>Whether <c>virsh domjobinfo</c> tells of a job.</summary>
    public static bool IsHeld(CommandResult information) =>
        information.Succeeded
        && information.Output.Split('\n').Select(line => line.Split([':'], 2)).Any(parts =>
            parts.Length == 2 && parts[0].Trim() == "Job type" && parts[1].Trim() is not ("None" or "Completed" or "Failed" or "Cancelled"));

    public static string Advice(Guest guest, string host) =>
        $"libvirt on {host} still holds its lock on {guest.Name} and refuses every later move of it. On {host}: systemctl restart libvirtd "
            + "(virtxend where libvirt is in parts); guests run on.";
}
