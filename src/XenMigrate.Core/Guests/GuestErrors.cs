namespace XenMigrate;

/// <summary>No guest has the name, id or uuid that was asked for.</summary>
public sealed class GuestNotFoundException : XenMigrateException
{
    public GuestNotFoundException(string guest, string where)
        : this(guest, $"There is no guest {guest} on {where}.", "Get-Guest lists the guests that are there.")
    {
    }

    private GuestNotFoundException(string guest, string message, string advice)
        : base(message, advice) => Guest = guest;

    public string Guest { get; }

    /// <summary>A plan would move it from a host that has it no more to this one, and these have it.</summary>
    internal static GuestNotFoundException Planned(string guest, string source, string destination, IReadOnlyList<string> found)
    {
        string gone = $"{guest} is not on {source} any more";
        return found.Count == 0 ? new(guest, $"{gone}, nor on another host of the plan.", "Get-Guest lists the guests that are there.")
            : found.Contains(destination, StringComparer.OrdinalIgnoreCase) ? new(guest, $"{gone}: it is on {destination} already, where the plan moves it.", "Nothing is left to do for it.")
            : new(guest, $"{gone}: it is on {string.Join(", ", found)}.", "Plan anew where it is to go: New-MigrationPlan.");
    }

    /// <summary>Neither hosts nor journals know of it.</summary>
    internal static GuestNotFoundException Nowhere(string guest, string source, string destination, string others) => new(
        guest,
        $"No guest called {guest} is known to {source} or {destination}, and no journal tells of a move of it between them; {others}.",
        "If it is one of these by another name, name it so. If its journal lies elsewhere: -LogPath FOLDER.");

    /// <summary>No journal tells of a move of this guest.</summary>
    internal static GuestNotFoundException InJournals(string guest) => new(
        guest, $"No journal tells of a move of a guest {guest}.", "Get-GuestMigration without a name lists all moves.");
}

/// <summary>A move would let a running guest stand still all the while, and nobody has agreed to that. Nothing was touched.</summary>
public sealed class OfflineMoveNotAgreedException(Guest guest, string destination) : XenMigrateException(
    $"{guest.Name} runs on {guest.ComputerName} and was not moved to {destination}: it would stand still for the whole move, and there is nobody to ask.",
    $"Agree to that beforehand: -Force. Or move it while it runs: Move-Guest {PowerShellText.Quote(guest.Name)} "
        + $"-ComputerName {guest.ComputerName} -Destination {destination} -Live")
{
    public Guest Guest { get; } = guest;

    /// <summary>The host that it was to go to.</summary>
    public string Destination { get; } = destination;
}

/// <summary>xend might lose a guest for good in a move whose checks were left out, and nobody has agreed to that. Nothing was touched.</summary>
public sealed class GuestLossNotAgreedException(Guest guest, string destination, string risk) : XenMigrateException(
    $"{guest.Name} was not moved from {guest.ComputerName} to {destination}. {risk}",
    "Mend what the checks say, or leave -SkipCheck out. -Force moves the guest all the same.")
{
    public Guest Guest { get; } = guest;

    /// <summary>The host that it was to go to.</summary>
    public string Destination { get; } = destination;
}

/// <summary>A guest is not in the state that an action needs.</summary>
public sealed class GuestNotRunningException(Guest guest, string needed) : XenMigrateException(
    $"{guest.Name} on {guest.ComputerName} is {guest.State}, and has to be {needed}.",
    guest.State == GuestState.Paused
        ? $"Resume-Guest {PowerShellText.Quote(guest.Name)} -ComputerName {guest.ComputerName}"
        : "Get-Guest shows its state. Start-Guest starts a guest that is shut off, and Repair-GuestMigration settles a move that was left half done.")
{
    public Guest Guest { get; } = guest;
}

/// <summary>The toolstack said it did something, and the guest is not as it should be.</summary>
public sealed class GuestStateUnexpectedException(string guest, string host, string expected, string actual)
    : XenMigrateException(
        $"{guest} on {host} should be {expected} now, and is {actual}.",
        $"See the guest's console, and /var/log/xen on {host}.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;
}

/// <summary>A guest did not shut down in the time it was given. It was not destroyed.</summary>
public sealed class ShutdownTimeoutException(Guest guest, TimeSpan timeout) : XenMigrateException(
    $"{guest.Name} on {guest.ComputerName} did not shut down within {timeout.TotalSeconds:0} s.",
    $"Give it more time (-Timeout), or turn it off at once: Stop-Guest {PowerShellText.Quote(guest.Name)} -TurnOff")
{
    public Guest Guest { get; } = guest;
}

/// <summary>A guest of that name or uuid is there already.</summary>
public sealed class NameCollisionException(string guest, string host, string found) : XenMigrateException(
    $"{host} already has {found}.",
    $"Rename or stop the one on {host}, or find out which copy of {guest} is the right one.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;
}

/// <summary>A file is not a complete image of a guest.</summary>
public sealed class SavedGuestCorruptException(string path, string host, string reason) : XenMigrateException(
    $"{path} on {host} is not a complete image of a guest: {reason}.",
    "Do not restore it. If the guest still exists, save it again.")
{
    public string Path { get; } = path;

    public string Host { get; } = host;
}

/// <summary>A guest's disk was written after its image: restoring would destroy file systems.</summary>
public sealed class SavedGuestStaleException(SavedGuest image, string disk, DateTimeOffset writtenAt) : XenMigrateException(
    $"{disk} was written at {writtenAt:u}, after the image of {image.Name} at {image.SavedAt:u}: the guest ran since, and its disks no longer fit.",
    "Start the guest from its configuration. Only if you know that the write was harmless: Restore-Guest -Force")
{
    public SavedGuest Image { get; } = image;

    public string Disk { get; } = disk;
}

/// <summary>An act on a guest was not done, since something that it relied on was not so when the host was about to do it.</summary>
public abstract class ActNotDoneException(string message, string advice) : XenMigrateException(message, advice);

/// <summary>
/// A guest is not what it was when an act on it was decided: somebody else did something to it, or its host was booted
/// again. The act was not done.
/// </summary>
public sealed class GuestChangedException(string guest, string host, string expected, string found) : ActNotDoneException(
    $"{guest} on {host} is not as it was: expected {expected}; found: {found}. Nothing was done to it.",
    "Find out who else works on it. Get-Guest shows what is there now, and Get-GuestMigration what moves of it are under way.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}

/// <summary>Somebody else moves, saves, restores or repairs a guest. Nothing was done to it.</summary>
public sealed class GuestLeasedException(string guest, string host, string holder) : ActNotDoneException(
    $"Somebody else works on {guest}, as {host} says: {holder}. Nothing was done to it.",
    "Wait until that is done, or end it. A client that is gone loses its hold after a minute; a tool that it started keeps it until the tool ends.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;

    /// <summary>Who it is, since when, and what they do.</summary>
    public string Holder { get; } = holder;
}

/// <summary>Who worked on a guest was silent for too long, and does not hold it any more: somebody else may work on it. The next act was not done.</summary>
public sealed class LeaseLostException(string guest, string host, string holder) : ActNotDoneException(
    $"{host} was not told for a minute that {guest} is still worked on, and it is held by {holder}. Nothing more was done to it.",
    "Get-GuestMigration shows what both hosts have of it, and Repair-GuestMigration settles it once nobody works on it.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;

    /// <summary>Who holds it now.</summary>
    public string Holder { get; } = holder;
}

/// <summary>A copy that a move makes or left is not to be touched by itself: two could run then, or the only one be lost.</summary>
public sealed class GuestIsLeftoverException(Guest guest) : XenMigrateException(
    $"{guest.Name} on {guest.ComputerName} is a copy that a move makes or left, and no guest of its own. Nothing was done to it.",
    $"Get-GuestMigration -ComputerName {PowerShellText.Quote(guest.ComputerName)} | Repair-GuestMigration settles which copy is the guest.")
{
    public Guest Guest { get; } = guest;
}

/// <summary>Another host has a copy of a guest that was to run here.</summary>
public sealed class GuestCopyElsewhereException(string guest, string host, string otherHost, string found) : XenMigrateException(
    $"{guest} is not run on {host}: {otherHost} has {found}. Two copies would write to its disks.",
    $"If that one is the guest, it is where it belongs. If a move left it, Repair-GuestMigration settles which copy is the guest; see Get-GuestMigration -ComputerName {PowerShellText.Quote(otherHost)}.")
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;

    public string OtherHost { get; } = otherHost;
}

/// <summary>A host that may have a copy of a guest can't be asked, so the guest is not run on another.</summary>
public sealed class GuestCopyNotExcludedException(string guest, string host, string silent, Exception inner) : XenMigrateException(
    $"{guest} is not run on {host}: {silent} may have a copy, and can't be asked: {inner.Message}",
    $"Wait until it answers. If you know that it is off, or never sees the guest's disks: Disconnect-MigrationHost {PowerShellText.Quote(silent)}, then try again.",
    inner)
{
    public string Guest { get; } = guest;

    public string Silent { get; } = silent;
}

/// <summary>The connection broke while a tool worked on a guest, and nobody can say whether the tool ended.</summary>
public sealed class WorkUnknownException(string guest, string host, Exception inner) : XenMigrateException(
    $"The connection to {host} broke, and whether the tool that works on {guest} ended there is not known: {inner.Message}",
    $"The tool goes on to its end by itself. Touch no copy of {guest} before {host} answers: Get-Guest shows then what is there, and Get-GuestMigration -ComputerName {PowerShellText.Quote(host)} whether the tool runs still.",
    inner)
{
    public string Guest { get; } = guest;

    public string Host { get; } = host;
}
