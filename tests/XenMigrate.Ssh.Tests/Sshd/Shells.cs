namespace XenMigrate.Ssh.Tests;

public static class Shells
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<CommandResult> RunAsync(this IHostShell shell, params string[] words) =>
        shell.RunAsync(new RemoteCommand(words), Patience, lines: null, CancellationToken.None);

    public static Task<CommandResult> ScriptAsync(
        this IHostShell shell, string script, IProgress<OutputLine>? lines = null, CancellationToken token = default) =>
        shell.RunAsync(RemoteCommand.Script(script), Patience, lines, token);
}
