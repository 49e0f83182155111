namespace XenMigrate.Guards;

/// <summary>What a host says that does nothing because of a lease.</summary>
internal static class LeaseRefusal
{
    /// <exception cref="GuestLeasedException">Somebody else holds the guest.</exception>
    /// <exception cref="LeaseLostException">We held it, and do not any more.</exception>
    public static void Require(CommandResult result, string guest, string host)
    {
        if (result.ExitCode == LeaseScript.Refused)
        {
            throw After(result, LeaseScript.LostMark) is { } now
                ? new LeaseLostException(guest, host, now)
                : new GuestLeasedException(guest, host, After(result, LeaseScript.HeldMark) ?? OutputExcerpt.Of(result.Error));
        }
    }

    private static string? After(CommandResult result, string mark) => result.Error.Split('\n')
        .Where(line => line.StartsWith(mark, StringComparison.Ordinal))
        .Select(line => OutputExcerpt.Of(line.Substring(mark.Length).Trim(), 400))
        .FirstOrDefault();
}
