namespace XenMigrate.Tests.Hosting;

/// <summary>Test-GuestAction says which guests it was given, and fails for the one called bad.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GuestAction", DefaultParameterSetName = GuestSet)]
public sealed class TestGuestActionCommand : GuestCmdlet
{
    private protected override Task ProcessGuestAsync(Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        if (guest.Name == "bad")
        {
            throw new GuestNotFoundException(guest.Name, host.ComputerName);
        }

        Post(() => WriteObject($"{guest.Name}@{host.ComputerName}"));
        return Task.CompletedTask;
    }
}
