namespace XenMigrate;

/// <summary>Turns exceptions of Core into error records.</summary>
internal static class ErrorRecords
{
    /// <summary>One line for each kind of exception in Core: its id, and what it is about.</summary>
    public static readonly IReadOnlyList<ErrorKind> All =
    [
        Kind<HostNotConnectedException>("HostNotConnected", e => e.Host),
        Kind<HostUnreachableException>("HostUnreachable", e => e.Host),
        Kind<HostDisconnectedException>("HostDisconnected", e => e.Host),
        Kind<HostNameTakenException>("HostNameTaken", e => e.Host),
        Kind<HostIsAnotherException>("HostIsAnother", e => e.Host),
        Kind<HostKeyUnknownException>("HostKeyUnknown", e => e.Host),
        Kind<HostKeyChangedException>("HostKeyChanged", e => e.Host),
        Kind<AuthenticationFailedException>("AuthenticationFailed", e => e.Host),
        Kind<LoginShellUnusableException>("LoginShellUnusable", e => e.Host),
        Kind<PrivilegeRequiredException>("PrivilegeRequired", e => e.Command),
        Kind<ToolstackNotFoundException>("ToolstackNotFound", e => e.Host),
        Kind<NotSupportedByToolstackException>("NotSupportedByToolstack", e => e.Host),
        Kind<HostTimeoutException>("HostTimeout", e => e.Command),
        Kind<RemoteCommandFailedException>("RemoteCommandFailed", e => e.Command, e => e.Cause),
        Kind<OutputNotUnderstoodException>("OutputNotUnderstood", e => e.Command),
        Kind<ConfigurationInvalidException>("ConfigurationInvalid", e => e.Path),
        Kind<ConfigurationWriteFailedException>("ConfigurationWriteFailed", e => e.Path),
        Kind<RelocationDisabledException>("RelocationDisabled", e => e.Host),
        Kind<RelocationUnrestrictedException>("RelocationUnrestricted", e => e.Host),
        Kind<HelperChangeFailedException>("HelperChangeFailed", e => e.Host),
        Kind<HelperInUseException>("HelperInUse", e => e.Host),
        Kind<HelperNotShippedException>("HelperNotShipped", e => e.Path),
        Kind<RemotePathInvalidException>("RemotePathInvalid", e => e.Path),
        Kind<SavedGuestCorruptException>("SavedGuestCorrupt", e => e.Path),
        Kind<SavedGuestStaleException>("SavedGuestStale", e => e.Image),
        Kind<GuestNotFoundException>("GuestNotFound", e => e.Guest),
        Kind<GuestNotRunningException>("GuestNotRunning", e => e.Guest),
        Kind<ConfirmationNotGivenException>("ConfirmationNotGiven", e => e.Command),
        Kind<OfflineMoveNotAgreedException>("OfflineMoveNotAgreed", e => e.Guest),
        Kind<DowntimeTooShortException>("DowntimeTooShort", e => e.Past),
        Kind<GuestLossNotAgreedException>("GuestLossNotAgreed", e => e.Guest),
        Kind<GuestStateUnexpectedException>("GuestStateUnexpected", e => e.Guest),
        Kind<GuestChangedException>("GuestChanged", e => e.Guest),
        Kind<GuestLeasedException>("GuestLeased", e => e.Guest),
        Kind<LeaseLostException>("LeaseLost", e => e.Guest),
        Kind<WorkUnknownException>("WorkUnknown", e => e.Guest),
        Kind<GuestIsLeftoverException>("GuestIsLeftover", e => e.Guest),
        Kind<GuestCopyElsewhereException>("GuestCopyElsewhere", e => e.Guest),
        Kind<GuestCopyNotExcludedException>("GuestCopyNotExcluded", e => e.Guest),
        Kind<ShutdownTimeoutException>("ShutdownTimeout", e => e.Guest),
        Kind<NameCollisionException>("NameCollision", e => e.Guest),
        Kind<CheckNotFoundException>("CheckNotFound", e => e.Pattern),
        Kind<HeartbeatMissingException>("HeartbeatMissing", e => e.Guest),
        Kind<ReportNotWrittenException>("ReportNotWritten", e => e.Path),
        Kind<JournalNotWrittenException>("JournalNotWritten", e => e.Path),
        Kind<JournalNotReadException>("JournalNotRead", e => e.Path),
        Kind<DrainBlockedException>("DrainBlocked", e => e.Plan),
        Kind<DrainNotFoundException>("DrainNotFound", e => e.Host),
        Kind<GuestElsewhereException>("GuestElsewhere", e => e.Guest),
        Kind<NothingToUndoException>("NothingToUndo", e => e.Guest),
        Kind<PlanInvalidException>("PlanInvalid", e => e.Problem),
        Kind<PlacementInvalidException>("PlacementInvalid", _ => null),
        Kind<PlacementUnreachableException>("PlacementUnreachable", e => e.Guest),
        Kind<PreflightFailedException>("PreflightFailed", e => e.Report),
        // Its result names the cause, if one was found.
        Kind<MigrationFailedException>("MigrationFailedSourceRunning", e => e.Result, e => e.Result.ErrorId),
    ];

    private static readonly Dictionary<Type, ErrorKind> s_byType = All.ToDictionary(kind => kind.Type);

    /// <summary>The record that PowerShell shows; its target is what the user gave, or what the exception is about.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">What the user gave.</param>
    /// <param name="cmdlet">Whose error it is, where no pipeline says so by its name behind the id.</param>
    public static ErrorRecord ToErrorRecord(this XenMigrateException exception, object? target = null, Type? cmdlet = null)
    {
        ErrorKind kind = s_byType.TryGetValue(exception.GetType(), out ErrorKind? known) ? known : ErrorKind.Other;
        string id = kind.Cause(exception) ?? kind.Id;
        ErrorCategory category = ErrorIds.Categories.TryGetValue(id, out ErrorCategory listed)
            ? listed
            : ErrorCategory.NotSpecified;

        return new ErrorRecord(exception, cmdlet is null ? id : $"{id},{cmdlet.FullName}", category, target ?? kind.Target(exception))
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.Advice },
        };
    }

    private static ErrorKind Kind<T>(string id, Func<T, object?> target, Func<T, string?>? cause = null)
        where T : XenMigrateException =>
        new(typeof(T), id, exception => target((T)exception), exception => cause?.Invoke((T)exception));
}
