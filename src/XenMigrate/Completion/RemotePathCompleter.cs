namespace XenMigrate;

/// <summary>Completes paths on hosts that are connected already, in the usual folder if nothing is typed.</summary>
public sealed class RemotePathCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        string folder = typed.LastIndexOf('/') is >= 0 and int end ? typed.Substring(0, end + 1)
            : parameterName == "ConfigurationPath" ? "/etc/xen/" : "/var/lib/xen/save/";
        IReadOnlyList<HostSession> hosts = BoundHosts.Of(fakeBoundParameters);
        IReadOnlyList<string> paths = BoundedWait.For(token => ListAsync(hosts, folder, token));
        return Completions.Of(paths, typed, isPattern: false);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(
        IReadOnlyList<HostSession> hosts, string folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>[] names =
            await Task.WhenAll(hosts.Select(host => ListAsync(host, folder, cancellationToken))).ConfigureAwait(false);
        return [.. names.SelectMany(list => list).Distinct(StringComparer.Ordinal).Select(name => folder + name)];
    }

    private static async Task<IReadOnlyList<string>> ListAsync(
        HostSession host, string folder, CancellationToken cancellationToken)
    {
        try
        {
            CommandResult result = await host.Shell
                .RunAsync(new RemoteCommand("ls", "-1p", "--", folder), s_timeout, lines: null, cancellationToken).ConfigureAwait(false);
            return result.ExitCode == 0 ? result.Output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException or ObjectDisposedException)
        {
            return [];
        }
    }
}
