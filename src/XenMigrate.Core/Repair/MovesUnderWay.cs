namespace XenMigrate.Repair;

/// <summary>The processes of a host that send, take, save or restore a guest: what they work on is no leftover.</summary>
internal static class MovesUnderWay
{
    private static readonly RemoteCommand s_processes = new("ps", "-e", "-o", "ppid=", "-o", "args=");

    private static readonly Regex s_line = new(@"^\s*(?<parent>\d+)\s+(?<words>.+)$", RegexOptions.CultureInvariant);
    private static readonly Regex s_sends = new(@"^(\S*/)?xl( -\S+)* (migrate|save)( |$)|^(\S*/)?xc_save |^(\S*/)?virsh .*migrate ", RegexOptions.CultureInvariant);

    // Where its xl was killed, it is init's child, and goes on until it has something to tell.
    private static readonly Regex s_copies = new(@"^(\S*/)?(libxl|xenmigrate)-save-helper --(save|restore)-domain ", RegexOptions.CultureInvariant);
    private static readonly Regex s_takes = new(
        @"^(\S*/)?xl( -\S+)* (migrate-receive|restore)( |$)|^(\S*/)?xc_restore ", RegexOptions.CultureInvariant);

    public static Question<IReadOnlyList<string>> Question(string host) => new(s_processes, result =>
        result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, s_processes, result));

    /// <summary>The first one on any of these hosts, with its host; null if there is none.</summary>
    public static async Task<string?> FindAsync(IEnumerable<HostSession> hosts, CancellationToken cancellationToken)
    {
        foreach (HostSession host in hosts)
        {
            IReadOnlyList<string> found = await Question(host.ComputerName)
                .AskAsync(host.Shell, cancellationToken).ConfigureAwait(false);
            if (found.Count > 0)
            {
                return $"'{found[0]}' on {host}";
            }
        }

        return null;
    }

    /// <exception cref="OutputNotUnderstoodException">It is no list of processes.</exception>
    internal static IReadOnlyList<string> Parse(string output)
    {
        Match[] lines = [.. output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => s_line.Match(line))];
        if (lines.Length == 0 || !Array.TrueForAll(lines, line => line.Success))
        {
            throw new OutputNotUnderstoodException(s_processes, "no list of processes", output);
        }

        return
        [
            .. lines
                .Where(line => s_sends.IsMatch(line.Groups["words"].Value)
                    || s_copies.IsMatch(line.Groups["words"].Value)
                    // The xl that took a guest watches it from then on, under the same name and as a child of init's.
                    || (s_takes.IsMatch(line.Groups["words"].Value) && line.Groups["parent"].Value != "1"))
                .Select(line => line.Groups["words"].Value.Trim()),
        ];
    }
}
