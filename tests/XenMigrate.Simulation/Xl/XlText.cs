namespace XenMigrate.Simulation.Xl;

/// <summary>What xl prints.</summary>
internal static class XlText
{
    public static string Info { get; } = Resources.Text("xl-info.txt");

    public static string Help(bool canResume) => "Usage xl [-vfNtT] <subcommand> [args]\n\n save                Save a domain state to restore later\n"
        + (canResume ? " resume              Resume a suspended domain\n" : "");

    public static string Table(SimulatedHost host, bool uuids)
    {
        StringBuilder table = new("Name                                        ID   Mem VCPUs\tState\tTime(s)\n");
        Row("Domain-0", 0, "r-----", "912.4", Guid.Empty);
        foreach (Copy copy in host.Copies)
        {
            Row(copy.Name, copy.Id, copy.Letters, Guard.Seconds(host, copy), copy.Guest.Uuid);
        }

        return table.ToString();

        void Row(string name, int id, string letters, string seconds, Guid uuid) => table.Append(
            CultureInfo.InvariantCulture,
            $"{name,-40} {id,5} {128,5} {1,5}     {letters}  {seconds,8}{(uuids ? $" {uuid}        -                -" : "")}\n");
    }

    public static string Uuids(SimulatedHost host) => "UUID                                  ID    name\n" + string.Concat(
        host.Copies.Select(copy => string.Create(CultureInfo.InvariantCulture, $"{copy.Guest.Uuid}  {copy.Id,-4}  {copy.Name}\n")));

    /// <summary>The configurations that xl has stored: the one of a guest under way has the guest's own name.</summary>
    public static string Json(SimulatedHost host) => "[" + string.Join(',', host.Copies.Select(copy => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"domid":{{{copy.Id}}},"config":{"c_info":{"type":"pv","name":"{{{copy.Name.Replace("--incoming", "", StringComparison.Ordinal)}}}","uuid":"{{{copy.Guest.Uuid}}}"},
        "b_info":{"max_vcpus":1,"max_memkb":131072},
        "disks":[{"pdev_path":"/images/{{{copy.Guest.Name}}}.img","vdev":"xvda","format":"raw","readwrite":1}],
        "nics":[{"mac":"00:16:3e:77:00:66","bridge":"xenbr1"}]}}
        """))) + "]\n";
}
