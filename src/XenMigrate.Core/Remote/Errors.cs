namespace XenMigrate;

/// <summary>A failure that XenMigrate foresees. Each kind is something a user can act on.</summary>
/// <remarks>Messages quote what hosts wrote, so they are made fit for a terminal here, and none is longer than people read.</remarks>
public abstract class XenMigrateException(string message, string? advice = null, Exception? inner = null)
    : Exception(OutputExcerpt.Of(message, MostCharacters), inner)
{
    private const int MostCharacters = 8000;

    /// <summary>What to do about it.</summary>
    public string? Advice { get; } = advice is null ? null : OutputExcerpt.Of(advice, MostCharacters);
}

/// <summary>A cmdlet asks before it changes something, and there is nobody to ask. Nothing was changed.</summary>
public sealed class ConfirmationNotGivenException(string command) : XenMigrateException(
    $"{command} asks before it goes on, and there is nobody to ask, because this PowerShell is not interactive. Nothing was changed.",
    "Agree beforehand: -Confirm:$false")
{
    /// <summary>The cmdlet that asks.</summary>
    public string Command { get; } = command;
}

/// <summary>A cmdlet needs a session and there is none.</summary>
public sealed class HostNotConnectedException : XenMigrateException
{
    /// <summary>No host is connected.</summary>
    public HostNotConnectedException()
        : this(null, "No host is connected.", "Connect to one first: Connect-MigrationHost HOST.")
    {
    }

    /// <summary>This one is not.</summary>
    public HostNotConnectedException(string host)
        : this(
            host,
            $"There is no session to {host}.",
            $"Get-MigrationHost lists the sessions that there are. Connect-MigrationHost {PowerShellText.Quote(host)} opens this one.")
    {
    }

    private HostNotConnectedException(string? host, string message, string advice)
        : base(message, advice) => Host = host;

    /// <summary>The host, or the pattern; null if any would have done.</summary>
    public string? Host { get; }

    internal static HostNotConnectedException Embedded(string host) => new(
        host, $"The session to the embedded host {host} was ended.", "Connect-MigrationHost -Embedded opens it again.");

    /// <summary>A pattern was to be connected to.</summary>
    internal static HostNotConnectedException NoHost(string pattern) => new(
        pattern,
        $"{pattern} is a pattern, and no host can be connected to by a pattern.",
        "Give the host's whole name or its address. Patterns only choose among hosts that are connected: Get-MigrationHost lists these.");

    /// <summary>A pattern was to choose one of the connected hosts, and these match it.</summary>
    internal static HostNotConnectedException NotOne(string pattern, IReadOnlyList<string> matches) => matches.Count == 0
        ? new(pattern, $"No connected host has a name that matches {pattern}.", "Get-MigrationHost lists the connected hosts.")
        : new(pattern, $"Several connected hosts have names that match {pattern}: {string.Join(", ", matches)}.", "Give the name of one of them.");
}

/// <summary>A host can't be connected under a name that the embedded pair has.</summary>
public sealed class HostNameTakenException(string host) : XenMigrateException(
    $"The name {host} is taken by the session to an embedded host.",
    $"End that one first: Disconnect-MigrationHost {host}; or name the other host in another way, as by its address.")
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

    public string Reason { get; } = reason;
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
        $"Connect-MigrationHost {host} takes a key (-KeyFilePath) or a password (-Credential); IdentityFile in ~/.ssh/config names a key too.",
        inner)
{
    public string Host { get; } = host;

    public string UserName { get; } = userName;
}

/// <summary>The user's login shell on a host runs no commands, as nologin does not.</summary>
public sealed class LoginShellUnusableException(string host, string userName, int exitCode, string said)
    : XenMigrateException(
        $"The login shell of {userName} on {host} runs no commands: it ended with {exitCode}"
            + (said.Trim().Length == 0 ? "." : $", and said: {OutputExcerpt.Of(said.Trim())}"),
        $"See what 'ssh {host} true' says, and which shell 'getent passwd {userName}' names there. Any shell will do that runs /bin/sh.")
{
    public string Host { get; } = host;

    public string UserName { get; } = userName;

    public int ExitCode { get; } = exitCode;

    /// <summary>What it wrote.</summary>
    public string Said { get; } = said;
}

/// <summary>The user's ssh configuration, key file or known_hosts can't be read or used.</summary>
public sealed class ConfigurationInvalidException(string path, string reason, Exception? inner = null)
    : XenMigrateException($"{path}: {reason}", $"Correct {path}, and try again.", inner)
{
    public string Path { get; } = path;
}

/// <summary>A remote command did not end in the time that its caller gave it, and was ended.</summary>
public sealed class HostTimeoutException(string host, RemoteCommand command, TimeSpan timeout) : XenMigrateException(
    $"'{command.Shown}' on {host} did not end within {timeout.TotalSeconds:0.#} s and was ended.",
    $"See whether {host} is overloaded, or whether its storage hangs.")
{
    public string Host { get; } = host;

    public RemoteCommand Command { get; } = command;

    public TimeSpan Timeout { get; } = timeout;
}

/// <summary>A remote command ended with an exit code that it must not end with.</summary>
public sealed class RemoteCommandFailedException : XenMigrateException
{
    public RemoteCommandFailedException(string host, RemoteCommand command, CommandResult result)
        : this(host, command, result, cause: null)
    {
    }

    internal RemoteCommandFailedException(string host, RemoteCommand command, CommandResult result, FailureCause? cause)
        : base(
            $"'{command.Shown}' on {host} ended with exit code {result.ExitCode}: {Said(result)}",
            cause?.Advice("the guest", host, host, host) ?? $"Run it on {host} by hand to see more.")
    {
        Host = host;
        Command = command;
        Result = result;
        Cause = cause?.ErrorId;
    }

    public string Host { get; }

    public RemoteCommand Command { get; }

    public CommandResult Result { get; }

    /// <summary>The error id of what the tool's words tell; null if they tell nothing that is known.</summary>
    public string? Cause { get; }

    private static string Said(CommandResult result)
    {
        string text = ToolWords.WithoutDeprecation(result.Error).Trim();
        text = text.Length > 0 ? text : result.Output.Trim();
        return text.Length > 0 ? OutputExcerpt.Of(text) : "it said nothing";
    }
}

/// <summary>A remote command wrote something that is not what that command writes.</summary>
public sealed class OutputNotUnderstoodException(RemoteCommand command, string reason, string output, Exception? inner = null)
    : XenMigrateException(
        $"The output of '{command}' is not understood: {OutputExcerpt.Of(reason, 300)}.",
        "Please report it with the raw text (the exception's Output has its beginning).",
        inner)
{
    public RemoteCommand Command { get; } = command;

    /// <summary>The beginning of the raw text, at most 1000 characters, with control characters made visible.</summary>
    public string Output { get; } = OutputExcerpt.Of(output);
}

/// <summary>No tools to manage guests were found on a host.</summary>
public sealed class ToolstackNotFoundException(string host, string reason, string? advice = null) : XenMigrateException(
    $"{host} has no toolstack that XenMigrate knows: {reason}.",
    advice ?? $"Install Xen's xl on {host}, and log in as a user that has it in its PATH.")
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
