using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace XenMigrate;

/// <summary>The only place that knows error ids and categories. Ids are API: never renamed, never used again.</summary>
internal static class ErrorRecords
{
    /// <summary>One line for each kind of exception in Core.</summary>
    public static readonly IReadOnlyList<ErrorKind> All =
    [
        Kind<HostNotConnectedException>("HostNotConnected", ErrorCategory.ConnectionError, e => e.Host),
        Kind<HostUnreachableException>("HostUnreachable", ErrorCategory.ConnectionError, e => e.Host),
        Kind<HostDisconnectedException>("HostDisconnected", ErrorCategory.ConnectionError, e => e.Host),
        Kind<HostKeyUnknownException>("HostKeyUnknown", ErrorCategory.SecurityError, e => e.Host),
        Kind<HostKeyChangedException>("HostKeyChanged", ErrorCategory.SecurityError, e => e.Host),
        Kind<AuthenticationFailedException>("AuthenticationFailed", ErrorCategory.AuthenticationError, e => e.Host),
        Kind<ConfigurationInvalidException>("ConfigurationInvalid", ErrorCategory.SyntaxError, e => e.Path),
        Kind<HostTimeoutException>("HostTimeout", ErrorCategory.OperationTimeout, e => e.Command),
        Kind<RemoteCommandFailedException>("RemoteCommandFailed", ErrorCategory.FromStdErr, e => e.Command),
        Kind<OutputNotUnderstoodException>("OutputNotUnderstood", ErrorCategory.ParserError, e => e.Command),
        Kind<ToolstackNotFoundException>("ToolstackNotFound", ErrorCategory.NotInstalled, e => e.Host),
        Kind<NotSupportedByToolstackException>("NotSupportedByToolstack", ErrorCategory.NotImplemented, e => e.Host),
        Kind<PrivilegeRequiredException>("PrivilegeRequired", ErrorCategory.PermissionDenied, e => e.Command),
        Kind<GuestNotFoundException>("GuestNotFound", ErrorCategory.ObjectNotFound, e => e.Guest),
        Kind<GuestNotRunningException>("GuestNotRunning", ErrorCategory.InvalidOperation, e => e.Guest),
        Kind<GuestStateUnexpectedException>("GuestStateUnexpected", ErrorCategory.InvalidResult, e => e.Guest),
        Kind<ShutdownTimeoutException>("ShutdownTimeout", ErrorCategory.OperationTimeout, e => e.Guest),
        Kind<NameCollisionException>("NameCollision", ErrorCategory.ResourceExists, e => e.Guest),
        Kind<RemotePathInvalidException>("RemotePathInvalid", ErrorCategory.InvalidArgument, e => e.Path),
        Kind<SavedGuestCorruptException>("SavedGuestCorrupt", ErrorCategory.InvalidData, e => e.Path),
        Kind<SavedGuestStaleException>("SavedGuestStale", ErrorCategory.InvalidData, e => e.Image),
        Kind<PreflightFailedException>("PreflightFailed", ErrorCategory.InvalidOperation, e => e.Report),
        .. MoveErrors.All,
    ];

    private static readonly Dictionary<Type, ErrorKind> s_byType =
        All.Where(kind => kind.Type != typeof(MigrationFailedException)).ToDictionary(kind => kind.Type);

    /// <summary>The record that PowerShell shows; its target is what the user gave, or what the exception is about.</summary>
    public static ErrorRecord ToErrorRecord(this XenMigrateException exception, object? target = null)
    {
        ErrorKind kind = exception is MigrationFailedException failed ? MoveErrors.Of(failed)
            : s_byType.TryGetValue(exception.GetType(), out ErrorKind? known) ? known
            : ErrorKind.Other;

        return new ErrorRecord(exception, kind.Id, kind.Category, target ?? kind.Target(exception))
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.Advice },
        };
    }

    private static ErrorKind Kind<T>(string id, ErrorCategory category, Func<T, object?> target)
        where T : XenMigrateException =>
        new(typeof(T), id, category, exception => target((T)exception));
}

/// <summary>How one kind of exception looks to a PowerShell user.</summary>
internal sealed record ErrorKind(
    Type Type, string Id, ErrorCategory Category, Func<XenMigrateException, object?> Target)
{
    /// <summary>For a kind that has no line yet, which a test forbids.</summary>
    public static ErrorKind Other { get; } =
        new(typeof(XenMigrateException), "XenMigrateFailed", ErrorCategory.NotSpecified, _ => null);
}
