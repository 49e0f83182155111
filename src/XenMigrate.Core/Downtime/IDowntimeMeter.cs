namespace XenMigrate;

/// <summary>Listens for signs of life while something else is done.</summary>
internal interface IDowntimeMeter
{
    /// <summary>Makes sure that there is something to listen to.</summary>
    /// <exception cref="HeartbeatMissingException">There is not.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Listens until the work is done, and then until the next sign of life.</summary>
    Task<GuestDowntime> ListenAsync(Task work, CancellationToken cancellationToken);
}

/// <summary>Nothing tells whether a guest is alive.</summary>
public sealed class HeartbeatMissingException(string guest, string where, bool probed = false) : XenMigrateException(
    $"There is no sign of life of {guest}: {where}",
    probed
        ? "Give an address, or a -Port, at which the guest answers this machine. Or read its console on its hosts: -Name in place of -Address. Nothing was done."
        : "If the guest answers by network, measure that: Measure-GuestDowntime { ... } -Address NAME, with -Port for TCP. Nothing was done.")
{
    public string Guest { get; } = guest;
}
