namespace XenMigrate.Toolstacks;

/// <summary>The commands by which a tool does what every tool can.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Create">Starts the guest of a configuration file, paused if that is wanted.</param>
/// <param name="Pause">Of a domain by its id, as those that follow.</param>
/// <param name="Unpause">Lets it go on.</param>
/// <param name="ShutDown">Asks it to shut down.</param>
/// <param name="Destroy">Ends it at once.</param>
internal sealed record ToolCommands(
    string Tool,
    Func<string, bool, RemoteCommand> Create,
    Func<int, RemoteCommand> Pause,
    Func<int, RemoteCommand> Unpause,
    Func<int, RemoteCommand> ShutDown,
    Func<int, RemoteCommand> Destroy);
