namespace XenMigrate;

/// <summary>Some guests can't leave a host, or come back to it, and nobody said to go on with the others.</summary>
public sealed class DrainBlockedException : XenMigrateException
{
    /// <summary>Says of each guest that has no place why.</summary>
    public DrainBlockedException(string host, FleetPlan plan)
        : base(
            $"{host} was left as it is: {plan.Unplaced.Count} of {plan.Unplaced.Count + plan.Move.Count} guests can't be moved. "
                + string.Join(" ", plan.Unplaced.Select(guest => string.Join(" ", guest.Blocker.Select(blocker => blocker.ToString()).Prepend($"{guest.Name}: {guest.Reason}")))),
            "Correct what the checks name. Or say which guests may stand still for their move (-AllowOffline NAME), or move only the others (-Force).")
    {
        Host = host;
        Plan = plan;
    }

    /// <summary>Says that all destinations were emptied themselves, which keeps every guest.</summary>
    internal DrainBlockedException(string host, IReadOnlyList<HostDrain> destinations)
        : base(
            $"{host} was left as it is, because no destination takes guests: "
                + string.Join(", ", destinations.Select(drain => $"{drain.ComputerName} was drained itself at {drain.BeganAt.LocalDateTime:g}")) + ".",
            $"Name another -Destination. Or put one back into service: Resume-MigrationHost {PowerShellText.Quote(destinations[0].ComputerName)}")
    {
        Host = host;
        Plan = new FleetPlan();
    }

    public string Host { get; }

    /// <summary>What would have been done.</summary>
    public FleetPlan Plan { get; }
}

/// <summary>No journal says that a host was emptied.</summary>
public sealed class DrainNotFoundException(string host, string? folder, bool hasNamesake = false) : XenMigrateException(
    $"No journal{(folder is null ? "" : $" in {folder}")} says that {host} was emptied and not put back into service."
        + (hasNamesake ? $" One tells of another machine that was called {host}, with other hardware, installation and host key." : ""),
    "If Suspend-MigrationHost was given a -LogPath, give the same one here: -LogPath FOLDER.")
{
    public string Host { get; } = host;
}

/// <summary>A guest is on another host than the one it was left on.</summary>
public sealed class GuestElsewhereException(string guest, string expected, string found) : XenMigrateException(
    $"{guest} is not on {expected}, where it went, but on {found}. Somebody has moved it since, so it was left there.",
    $"To move it anyway: Move-Guest {PowerShellText.Quote(guest)} -ComputerName {found} -Destination HOST -Live")
{
    public string Guest { get; } = guest;

    /// <summary>The host that has it.</summary>
    public string Host { get; } = found;
}
