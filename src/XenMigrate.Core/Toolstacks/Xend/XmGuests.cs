namespace XenMigrate.Toolstacks.Xend;

/// <summary>Guests as <c>xm list</c> shows them, joined with what <c>xm list --long</c> knows of them.</summary>
internal static class XmGuests
{
    public static Question<IReadOnlyList<Guest>> Question(string host) =>
        new([XmList.Command, XmListLong.Command], results => Read(host, results[0], results[1]));

    private static IReadOnlyList<Guest> Read(string host, CommandResult table, CommandResult details)
    {
        if (!table.Succeeded)
        {
            throw ToolFailure.Of("xm", host, XmList.Command, table);
        }

        // The table is the truth of what exists; the details may fail while a guest goes away.
        IReadOnlyList<XmConfiguration> configurations = details.Succeeded ? XmListLong.Parse(details.Output) : [];
        IReadOnlyList<XmListRow> rows = XmList.Parse(table.Output);
        if (!rows.Any(row => row.Id == 0))
        {
            // Every host has its control domain: without it, rows were lost.
            throw new OutputNotUnderstoodException(XmList.Command, "it has no domain 0", table.Output);
        }

        return [.. rows.Select(row => Join(host, row, configurations.FirstOrDefault(c => Describes(c, row))))];
    }

    private static bool Describes(XmConfiguration configuration, XmListRow row) =>
        row.Id is null ? configuration.Id is null && configuration.Name == row.Name : configuration.Id == row.Id;

    private static Guest Join(string host, XmListRow row, XmConfiguration? configuration)
    {
        bool isMigrating = row.Name.StartsWith(CopyNames.MigratingPrefix, StringComparison.Ordinal);
        // A guest shuts down to be moved, and the letters do not tell that from the end of its life.
        GuestState activity = row.State == GuestState.ShutDown && row.Id is not null && (isMigrating || configuration?.IsSuspended == true)
            ? GuestState.Suspended
            : row.State;

        return new Guest
        {
            Name = row.Name,
            Id = row.Id,
            Uuid = configuration?.Uuid,
            State = isMigrating ? GuestState.Migrating : IsHalf(row) ? GuestState.Incoming : activity,
            Activity = activity,
            // One without its parts would be a guest without devices; and of two names, one is not the guest's.
            IsDescribed = configuration is { Name: not null, Uuid: not null } && configuration.Name == row.Name,
            Type = row.Id == 0 ? GuestType.PV : configuration?.Type ?? GuestType.Unknown,
            MemoryMB = row.MemoryMB,
            MaximumMemoryMB = configuration?.MaximumMemoryMB ?? row.MemoryMB,
            VCpu = row.VCpu,
            MaximumVCpu = configuration?.MaximumVCpu ?? row.VCpu,
            CpuTime = row.CpuTime,
            ComputerName = host,
            Toolstack = ToolstackKind.Xend,
            Disk = configuration?.Disks ?? [],
            NetworkInterface = configuration?.NetworkInterfaces ?? [],
            PassthroughDevice = configuration?.PassthroughDevices ?? [],
            Traits = configuration?.Traits ?? new GuestTraits(),
            NotMigratableReason = [.. Reasons(row, configuration)],
        };
    }

    /// <summary>Whether its memory comes in still, or stopped coming: xend gives a guest its name at once, and its processors at the end.</summary>
    private static bool IsHalf(XmListRow row) => row is { Id: > 0, VCpu: 0, State: GuestState.Paused };

    private static IEnumerable<string> Reasons(XmListRow row, XmConfiguration? configuration)
    {
        if (row.Id == 0)
        {
            yield return "It is the control domain.";
        }
        else if (IsHalf(row))
        {
            yield return "Not all of its memory has come in.";
        }
        else if (configuration is null)
        {
            yield return "xend does not describe it.";
        }
        else if (configuration.PassthroughDevices.Count > 0)
        {
            yield return "It has devices of its host: " + string.Join(", ", configuration.PassthroughDevices) + ".";
        }
        else if (configuration.Traits.MigrationDisabled)
        {
            yield return "Its configuration says nomigrate.";
        }
    }
}
