namespace XenMigrate.Ssh;

/// <summary>The host took a command and ended without having begun it: its login shell runs none.</summary>
internal sealed class NotBegunException(CommandResult result) : Exception("The command was not begun.")
{
    /// <summary>What was there in its place.</summary>
    public CommandResult Result { get; } = result;
}
