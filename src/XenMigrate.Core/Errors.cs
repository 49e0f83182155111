using System;
using XenMigrate.Environment;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>A failure that XenMigrate foresees. Each kind is something a user can act on.</summary>
public abstract class XenMigrateException(string message, string? advice = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What to do about it.</summary>
    public string? Advice { get; } = advice;
}

/// <summary>A cmdlet needs a session and there is none.</summary>
public sealed class HostNotConnectedException(string host) : XenMigrateException(
    $"There is no session to {host}.",
    "Connect-MigrationHost opens one; or name the host: -ComputerName.")
{
    public string Host { get; } = host;
}

/// <summary>No connection to a host could be made.</summary>
public sealed class HostUnreachableException(string host, string reason, Exception? inner = null) : XenMigrateException(
    $"{host} can't be reached: {reason}",
    $"See whether 'ssh {host}' works from this machine.",
    inner)
{
    public string Host { get; } = host;
}

/// <summary>A connection broke while it was used, so nobody knows how the command ended.</summary>
public sealed class HostDisconnectedException(string host, string reason, Exception? inner = null) : XenMigrateException(
    $"The connection to {host} broke: {reason}",
    "The next command connects again. What the host did meanwhile: Get-Guest tells.",
    inner)
{
    public string Host { get; } = host;
}

/// <summary>A host's key is in no known_hosts file.</summary>
public sealed class HostKeyUnknownException(string host, string keyType, string fingerprint, string? reason = null)
    : XenMigrateException(
        $"The {keyType} key of {host} is not known: {fingerprint}{(reason is null ? "" : $" ({reason})")}.",
        $"Compare the fingerprint with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub), then: " +
        $"Connect-MigrationHost {host} -AcceptHostKey")
{
    public string Host { get; } = host;

    public string KeyType { get; } = keyType;

    public string Fingerprint { get; } = fingerprint;
}

/// <summary>known_hosts has another key for this host, or revoked the one it showed.</summary>
public sealed class HostKeyChangedException(string host, string keyType, string fingerprint, string reason)
    : XenMigrateException(
        $"The {keyType} key of {host} can't be trusted: {reason}. It showed {fingerprint}.",
        "Somebody may stand in between, or the host was installed anew. Find out which before you remove the old line from known_hosts.")
{
    public string Host { get; } = host;

    public string KeyType { get; } = keyType;

    public string Fingerprint { get; } = fingerprint;
}

/// <summary>A host let us in by none of the ways tried.</summary>
public sealed class AuthenticationFailedException(string host, string userName, string reason, Exception? inner = null)
    : XenMigrateException(
        $"{host} did not let {userName} in: {reason}",
        "Give a key (-KeyFilePath, or IdentityFile in ~/.ssh/config) or a -Credential.",
        inner)
{
    public string Host { get; } = host;

    public string UserName { get; } = userName;
}

/// <summary>The user's ssh configuration, key file or known_hosts can't be read or used.</summary>
public sealed class ConfigurationInvalidException(string path, string reason, Exception? inner = null)
    : XenMigrateException($"{path}: {reason}", $"Mend {path}.", inner)
{
    public string Path { get; } = path;
}

/// <summary>A remote command did not end in the time that its caller gave it, and was ended.</summary>
public sealed class HostTimeoutException(string host, RemoteCommand command, TimeSpan timeout) : XenMigrateException(
    $"'{command}' on {host} did not end within {timeout.TotalSeconds:0.#} s and was ended.",
    $"See whether {host} is overloaded, or whether its storage hangs.")
{
    public string Host { get; } = host;

    public RemoteCommand Command { get; } = command;

    public TimeSpan Timeout { get; } = timeout;
}

/// <summary>A remote command ended with an exit code that it must not end with.</summary>
public sealed class RemoteCommandFailedException(string host, RemoteCommand command, CommandResult result)
    : XenMigrateException(
        $"'{command}' on {host} ended with exit code {result.ExitCode}: {Said(result)}",
        $"Run it on {host} by hand to see more.")
{
    public string Host { get; } = host;

    public RemoteCommand Command { get; } = command;

    public CommandResult Result { get; } = result;

    private static string Said(CommandResult result)
    {
        string text = result.Error.Trim();
        text = text.Length > 0 ? text : result.Output.Trim();
        return text.Length > 0 ? text : "it said nothing";
    }
}

/// <summary>A remote command wrote something that is not what that command writes.</summary>
public sealed class OutputNotUnderstoodException(RemoteCommand command, string reason, string output, Exception? inner = null)
    : XenMigrateException(
        $"The output of '{command}' is not understood: {reason}.",
        "Please report it with the raw text (the exception's Output).",
        inner)
{
    public RemoteCommand Command { get; } = command;

    /// <summary>The raw text.</summary>
    public string Output { get; } = output;
}

/// <summary>No tools to manage guests were found on a host.</summary>
public sealed class ToolstackNotFoundException(string host, string reason) : XenMigrateException(
    $"{host} has no toolstack that XenMigrate knows: {reason}.",
    $"Install Xen's xl on {host}, and log in as a user that has it in its PATH.")
{
    public string Host { get; } = host;
}

/// <summary>The host's toolstack can't do what was asked.</summary>
public sealed class NotSupportedByToolstackException(string host, string what, string advice)
    : XenMigrateException($"{host}: {what}", advice)
{
    public string Host { get; } = host;
}

/// <summary>The user we are on a host may not do it.</summary>
public sealed class PrivilegeRequiredException(string host, RemoteCommand command) : XenMigrateException(
    $"'{command}' on {host} needs root.",
    $"Connect as root: Connect-MigrationHost {host} -UserName root")
{
    public string Host { get; } = host;

    public RemoteCommand Command { get; } = command;
}

/// <summary>No guest has the name, id or uuid that was asked for.</summary>
public sealed class GuestNotFoundException(string guest, string where) : XenMigrateException(
    $"There is no guest {guest} on {where}.",
    "Get-Guest lists the guests that are there.")
{
    public string Guest { get; } = guest;
}

/// <summary>No check has the id or category that was given.</summary>
public sealed class CheckNotFoundException(string pattern) : XenMigrateException(
    $"There is no check '{pattern}'.",
    "Test-MigrationEnvironment shows every check with its id and category.")
{
    public string Pattern { get; } = pattern;
}

/// <summary>The checks before a move said no. Nothing was touched.</summary>
public sealed class PreflightFailedException(MigrationResult result) : XenMigrateException(
    $"{result.Name} was not moved from {result.Source} to {result.Destination}. {result.Message}",
    "Mend what the checks name, or leave a check out by -SkipCheck at your own risk.")
{
    public MigrationResult Result { get; } = result;

    /// <summary>Every check, also those that passed.</summary>
    public MigrationReport Report { get; } = new()
    {
        Source = result.Source,
        Destination = result.Destination,
        Guest = [result.Name],
        CheckResult = result.Check,
    };
}

/// <summary>A move was tried and did not succeed. The result says where the guest is.</summary>
public sealed class MigrationFailedException(MigrationResult result) : XenMigrateException(
    $"{result.Name} was not moved from {result.Source} to {result.Destination} ({result.Outcome}). {result.Message}",
    "The result's Transcript has what the tools wrote.")
{
    public MigrationResult Result { get; } = result;
}

/// <summary>A guest is not in the state that an action needs.</summary>
public sealed class GuestNotRunningException(Guest guest, string needed) : XenMigrateException(
    $"{guest.Name} on {guest.ComputerName} is {guest.State}, and has to be {needed}.",
    guest.State == GuestState.Paused
        ? $"Resume-Guest '{guest.Name}' -ComputerName {guest.ComputerName}"
        : "Get-Guest shows its state; Repair or start it first.")
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
    "Wait longer (-Timeout), or pull its plug: Stop-Guest -Force")
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

/// <summary>A path on a host can't be used for what was asked.</summary>
public sealed class RemotePathInvalidException(string path, string reason, string advice)
    : XenMigrateException($"{path}: {reason}", advice)
{
    public string Path { get; } = path;
}

/// <summary>A file is no whole image of a guest.</summary>
public sealed class SavedGuestCorruptException(string path, string host, string reason) : XenMigrateException(
    $"{path} on {host} is no whole image of a guest: {reason}.",
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
