namespace XenMigrate.Embedded.Dom0;

/// <summary>What the hotplug scripts find when a guest's devices are connected.</summary>
internal static class GuestDevices
{
    /// <exception cref="XendException">A bridge or a disk is not there.</exception>
    public static void Connect(ControlDomain dom0, DomainConfiguration configuration)
    {
        for (int i = 0; i < configuration.Interfaces.Count; i++)
        {
            if (configuration.Interfaces[i].Bridge is { Length: > 0 } bridge && bridge != dom0.Bridge.Name)
            {
                dom0.Log.Debug("DevController:149", $"Waiting for devices vif. hotplug-error: bridge {bridge} not found");
                throw new XendException($"Device {i} (vif) could not be connected. Hotplug scripts not working.");
            }
        }

        foreach (XmDisk disk in configuration.Disks)
        {
            if (dom0.Files.Find(disk.Path) is null or { Kind: FileKind.Folder })
            {
                dom0.Log.Debug("DevController:149", $"Waiting for devices {(disk.IsTap ? "tap" : "vbd")}. hotplug-error: {disk.Path} does not exist");
                throw new XendException(
                    $"Device {DeviceNumber(disk.Device)} ({(disk.IsTap ? "tap" : "vbd")}) could not be connected. {disk.Path} does not exist.");
            }
        }
    }

    /// <summary>Linux's number of xvda is 202 * 256; each further letter has 16 more.</summary>
    private static int DeviceNumber(string device) =>
        device.Length == 4 && device[..3] == "xvd" && device[3] is >= 'a' and <= 'p' ? 51_712 + ((device[3] - 'a') * 16) : 51_712;
}
