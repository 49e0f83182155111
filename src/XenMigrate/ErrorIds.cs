namespace XenMigrate;

/// <summary>Every error id and its category. Ids are API: never renamed, never used for anything else.</summary>
internal static class ErrorIds
{
    public static readonly IReadOnlyDictionary<string, ErrorCategory> Categories = new Dictionary<string, ErrorCategory>
    {
        // Hosts and their sessions
        ["HostNotConnected"] = ErrorCategory.ConnectionError,
        ["HostUnreachable"] = ErrorCategory.ConnectionError,
        ["HostDisconnected"] = ErrorCategory.ConnectionError,
        ["HostNameTaken"] = ErrorCategory.ResourceExists,
        ["HostIsAnother"] = ErrorCategory.InvalidData,
        ["HostKeyUnknown"] = ErrorCategory.SecurityError,
        ["HostKeyChanged"] = ErrorCategory.SecurityError,
        ["AuthenticationFailed"] = ErrorCategory.AuthenticationError,
        ["LoginShellUnusable"] = ErrorCategory.PermissionDenied,
        ["PrivilegeRequired"] = ErrorCategory.PermissionDenied,
        ["ToolstackNotFound"] = ErrorCategory.NotInstalled,
        ["NotSupportedByToolstack"] = ErrorCategory.NotImplemented,
        ["SshAlgorithmsDiffer"] = ErrorCategory.ConnectionError,
        ["PortUnreachable"] = ErrorCategory.ConnectionError,
        ["SameHost"] = ErrorCategory.InvalidArgument,
        ["RelocationDisabled"] = ErrorCategory.NotEnabled,
        ["RelocationDenied"] = ErrorCategory.PermissionDenied,
        ["RelocationUnrestricted"] = ErrorCategory.SecurityError,

        // Commands and files
        ["HostTimeout"] = ErrorCategory.OperationTimeout,
        ["RemoteCommandFailed"] = ErrorCategory.FromStdErr,
        ["OutputNotUnderstood"] = ErrorCategory.ParserError,
        ["ConfigurationInvalid"] = ErrorCategory.SyntaxError,
        ["ConfigurationWriteFailed"] = ErrorCategory.WriteError,
        ["HelperChangeFailed"] = ErrorCategory.WriteError,
        ["HelperInUse"] = ErrorCategory.ResourceBusy,
        ["HelperNotShipped"] = ErrorCategory.NotInstalled,
        ["RemotePathInvalid"] = ErrorCategory.InvalidArgument,
        ["SavedGuestCorrupt"] = ErrorCategory.InvalidData,
        ["SavedGuestStale"] = ErrorCategory.InvalidData,
        ["ReportNotWritten"] = ErrorCategory.WriteError,
        ["JournalNotWritten"] = ErrorCategory.WriteError,
        ["JournalNotRead"] = ErrorCategory.ReadError,

        // Guests
        ["GuestNotFound"] = ErrorCategory.ObjectNotFound,
        ["GuestNotRunning"] = ErrorCategory.InvalidOperation,
        ["GuestNotSuspendable"] = ErrorCategory.InvalidOperation,
        ["GuestChanged"] = ErrorCategory.ResourceBusy,
        ["ConfirmationNotGiven"] = ErrorCategory.InvalidOperation,
        ["OfflineMoveNotAgreed"] = ErrorCategory.InvalidOperation,
        ["DowntimeTooShort"] = ErrorCategory.InvalidArgument,
        ["GuestLossNotAgreed"] = ErrorCategory.InvalidOperation,
        ["GuestLeased"] = ErrorCategory.ResourceBusy,
        ["LeaseLost"] = ErrorCategory.ResourceBusy,
        ["WorkUnknown"] = ErrorCategory.ConnectionError,
        ["GuestIsLeftover"] = ErrorCategory.InvalidOperation,
        ["GuestCopyElsewhere"] = ErrorCategory.ResourceExists,
        ["GuestCopyNotExcluded"] = ErrorCategory.ResourceUnavailable,
        ["GuestStateUnexpected"] = ErrorCategory.InvalidResult,
        ["GuestBusy"] = ErrorCategory.ResourceBusy,
        ["ShutdownTimeout"] = ErrorCategory.OperationTimeout,
        ["NameCollision"] = ErrorCategory.ResourceExists,
        ["HeartbeatMissing"] = ErrorCategory.ReadError,

        // What rules a move out
        ["CheckNotFound"] = ErrorCategory.ObjectNotFound,
        ["DrainBlocked"] = ErrorCategory.InvalidOperation,
        ["DrainNotFound"] = ErrorCategory.ObjectNotFound,
        ["GuestElsewhere"] = ErrorCategory.ObjectNotFound,
        ["NothingToUndo"] = ErrorCategory.InvalidOperation,
        ["PlanInvalid"] = ErrorCategory.InvalidData,
        ["PreflightFailed"] = ErrorCategory.InvalidOperation,
        ["BridgeMissing"] = ErrorCategory.ObjectNotFound,
        ["DiskMissing"] = ErrorCategory.ObjectNotFound,
        ["DiskNotShared"] = ErrorCategory.ResourceUnavailable,
        ["DiskNotWritable"] = ErrorCategory.PermissionDenied,
        ["DiskInUse"] = ErrorCategory.ResourceBusy,
        ["InsufficientMemory"] = ErrorCategory.LimitsExceeded,
        ["CpuIncompatible"] = ErrorCategory.InvalidOperation,
        ["ClockSkewExceeded"] = ErrorCategory.LimitsExceeded,
        ["DeviceFailed"] = ErrorCategory.ResourceUnavailable,
        ["LogDirtyUnsupported"] = ErrorCategory.NotImplemented,

        // How a move ended
        ["TransportBroken"] = ErrorCategory.ConnectionError,
        ["MigrationNotConverging"] = ErrorCategory.LimitsExceeded,
        ["MigrationAborted"] = ErrorCategory.OperationStopped,
        ["MigrationTimeout"] = ErrorCategory.OperationTimeout,
        ["MigrationFailedSourceRunning"] = ErrorCategory.InvalidResult,
        ["MigrationFailedSourceSuspended"] = ErrorCategory.InvalidResult,
        ["MigrationUndetermined"] = ErrorCategory.InvalidResult,
        ["JobFailed"] = ErrorCategory.NotSpecified,
    };
}
