namespace XenMigrate.Toolstacks.Xl;

/// <summary>Guests as <c>xl list</c> shows them, joined by domain id with what <c>xl list -l</c> knows of them.</summary>
internal static class XlGuests
{
    public static Question<IReadOnlyList<Guest>> Question(string host) =>
        new([XlList.Command, XlListLong.Command], results => Read(host, results[0], results[1]));

    /// <summary>Only names, uuids and states, which cost a third of the time.</summary>
    public static Question<IReadOnlyList<Guest>> ListStates(string host) => new(
        XlList.CommandWithUuids,
        table => table.Succeeded
            ? [.. Rows(XlList.CommandWithUuids, table.Output).Select(row => Join(host, row, configuration: null))]
            : throw ToolFailure.Of("xl", host, XlList.CommandWithUuids, table));

    private static IReadOnlyList<Guest> Read(string host, CommandResult table, CommandResult details)
    {
        if (!table.Succeeded)
        {
            throw ToolFailure.Of("xl", host, XlList.Command, table);
        }

        // The table is the truth of what exists; the JSON leaves out guests without a stored configuration,
        // and may fail while one of them goes away.
        Dictionary<int, XlConfiguration> configurations = details.Succeeded
            ? XlListLong.Parse(details.Output).GroupBy(c => c.Id).ToDictionary(group => group.Key, group => group.First())
            : [];

        return
        [
            .. Rows(XlList.Command, table.Output).Select(row =>
                Join(host, row, configurations.TryGetValue(row.Id, out XlConfiguration? found) ? found : null)),
        ];
    }

    /// <summary>The rows of a table, in which every host has its control domain: without it, rows were lost.</summary>
    private static IReadOnlyList<XlListRow> Rows(RemoteCommand command, string table)
    {
        IReadOnlyList<XlListRow> rows = XlList.Parse(table);
        return rows.Any(row => row.Id == 0) ? rows : throw new OutputNotUnderstoodException(command, "it has no domain 0", table);
    }

    private static Guest Join(string host, XlListRow row, XlConfiguration? configuration) => new()
    {
        // The table is right about the name: a guest under way is called NAME--incoming there, and NAME in the JSON.
        // The JSON alone keeps spaces at a name's end.
        Name = configuration?.Name?.TrimEnd() == row.Name ? configuration.Name : row.Name,
        Id = row.Id,
        Uuid = configuration?.Uuid ?? row.Uuid,
        State = row.Name.EndsWith(CopyNames.IncomingSuffix, StringComparison.Ordinal) ? GuestState.Incoming
            : row.Name.EndsWith(CopyNames.MigratedAwaySuffix, StringComparison.Ordinal) ? GuestState.MigratedAway
            : row.State,
        Activity = row.State,
        // One without its parts would be a guest without devices.
        IsDescribed = configuration?.Name is not null,
        Type = row.Id == 0 ? GuestType.PV : configuration?.Type ?? GuestType.Unknown,
        MemoryMB = row.MemoryMB,
        MaximumMemoryMB = configuration?.MaximumMemoryMB ?? row.MemoryMB,
        VCpu = row.VCpu,
        MaximumVCpu = configuration?.MaximumVCpu ?? row.VCpu,
        CpuTime = row.CpuTime,
        ComputerName = host,
        Toolstack = ToolstackKind.Xl,
        Disk = configuration?.Disks ?? [],
        NetworkInterface = configuration?.NetworkInterfaces ?? [],
        PassthroughDevice = configuration?.PassthroughDevices ?? [],
        Traits = configuration?.Traits ?? new GuestTraits(),
        NotMigratableReason = [.. Reasons(row, configuration)],
    };

    private static IEnumerable<string> Reasons(XlListRow row, XlConfiguration? configuration)
    {
        if (row.Id == 0)
        {
            yield return "It is the control domain.";
            yield break;
        }

        if (configuration is null)
        {
            yield return "xl has no stored configuration of it.";
            yield break;
        }

        if (configuration.PassthroughDevices.Count > 0)
        {
            yield return "It has devices of its host: " + string.Join(", ", configuration.PassthroughDevices) + ".";
        }

        if (configuration.Traits.MigrationDisabled)
        {
            yield return "Its configuration says nomigrate.";
        }

        if (configuration.Traits.HasVirtualNuma)
        {
            yield return "It has a virtual NUMA topology, which xl can't save.";
        }
    }
}
