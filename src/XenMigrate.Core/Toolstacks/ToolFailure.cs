namespace XenMigrate.Toolstacks;

/// <summary>Turns a failed command of xl, virsh or xm into the exception that says what to do about it.</summary>
internal static class ToolFailure
{
    private const int NotFoundExitCode = 127;

    public static XenMigrateException Of(string tool, string host, RemoteCommand command, CommandResult result)
    {
        if (result.ExitCode == NotFoundExitCode)
        {
            return new ToolstackNotFoundException(host, $"{tool} is not there, or not in the PATH of a non-interactive shell");
        }

        FailureCause? cause = KnownFailures.In([.. result.Error.Split('\n'), .. result.Output.Split('\n')]);
        return cause?.ErrorId switch
        {
            "PrivilegeRequired" => new PrivilegeRequiredException(host, command),
            "ToolstackNotFound" => new ToolstackNotFoundException(host, $"{tool} is there, and its daemon does not answer", cause.Advice("the guest", host, host, host)),
            _ => new RemoteCommandFailedException(host, command, result, cause),
        };
    }
}
