namespace XenMigrate.Failures;

/// <summary>What XenMigrate's own transfers say: the save helper, and the embedded pair's engine.</summary>
internal static class TransferMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "TransportBroken",
            "the destination closed the connection|the connection ended in the middle of|connection broke or fell silent|the connection fell silent",
            "The stream from {source} to {address} broke. See whether {destination} is up; then move again."),
    ];
}
