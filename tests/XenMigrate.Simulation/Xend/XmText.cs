namespace XenMigrate.Simulation.Xend;

/// <summary>What xm prints.</summary>
internal static class XmText
{
    public static string Info { get; } = Resources.Text("xm-info.txt");

    public static string Table(SimulatedHost host) =>
        "Name                                      ID Mem(MiB) VCPUs State   Time(s)\nDomain-0                                   0      512     4 r-----    121.4\n"
        + string.Concat(host.Copies.Select(copy => string.Create(
            CultureInfo.InvariantCulture,
            $"{copy.Name,-40} {copy.Id,3} {128,8} {(copy.State == CopyState.Building ? 0 : 1),5} {copy.Letters[..4]}{(copy.State == CopyState.Crashed ? 'c' : '-')}-  {Guard.Seconds(host, copy),6}\n")));

    public static string Long(SimulatedHost host) => string.Concat(host.Copies.Select(copy => string.Create(
        CultureInfo.InvariantCulture,
        $"(domain (domid {copy.Id}) (uuid {copy.Guest.Uuid}) (name {copy.Name}) (memory 128) {(copy.State == CopyState.Suspended ? "(shutdown_reason suspend) " : "")}(image (linux)) (device (vif (bridge xenbr1) (mac 00:16:3e:77:00:66))) (device (vbd (uname file:/images/{copy.Guest.Name}.img) (dev xvda:disk) (mode w))))\n")));
}
