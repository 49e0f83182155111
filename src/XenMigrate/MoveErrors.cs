using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace XenMigrate;

/// <summary>The errors of a move that was tried: one kind of exception, and an id for each cause.</summary>
internal static class MoveErrors
{
    public static IReadOnlyList<ErrorKind> All { get; } =
    [
        Kind("MigrationUndetermined", ErrorCategory.InvalidResult),
        Kind("MigrationFailedSourceSuspended", ErrorCategory.InvalidResult),
        Kind("MigrationFailedSourceRunning", ErrorCategory.InvalidResult),
        Kind("MigrationAborted", ErrorCategory.OperationStopped),
        Kind("MigrationTimeout", ErrorCategory.OperationTimeout),
        Kind("HostKeyUnknown", ErrorCategory.SecurityError),
        Kind("HostKeyChanged", ErrorCategory.SecurityError),
        Kind("AuthenticationFailed", ErrorCategory.AuthenticationError),
        Kind("PortUnreachable", ErrorCategory.ConnectionError),
        Kind("TransportBroken", ErrorCategory.ConnectionError),
        Kind("ToolstackNotFound", ErrorCategory.NotInstalled),
        Kind("LogDirtyUnsupported", ErrorCategory.NotImplemented),
        Kind("NameCollision", ErrorCategory.ResourceExists),
        Kind("InsufficientMemory", ErrorCategory.LimitsExceeded),
        Kind("DiskMissing", ErrorCategory.ObjectNotFound),
        Kind("BridgeMissing", ErrorCategory.ObjectNotFound),
        Kind("GuestNotSuspendable", ErrorCategory.InvalidOperation),
        Kind("CpuIncompatible", ErrorCategory.InvalidOperation),
    ];

    /// <summary>The kind for what a move failed of.</summary>
    public static ErrorKind Of(MigrationFailedException failed) =>
        All.FirstOrDefault(kind => kind.Id == failed.Result.ErrorId)
        ?? All.First(kind => kind.Id == "MigrationFailedSourceRunning");

    private static ErrorKind Kind(string id, ErrorCategory category) =>
        new(typeof(MigrationFailedException), id, category, exception => ((MigrationFailedException)exception).Result);
}
