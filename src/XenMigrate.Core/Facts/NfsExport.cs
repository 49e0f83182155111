namespace XenMigrate.Facts;

/// <summary>What an NFS server lets one kind of client do with a folder.</summary>
/// <param name="Path">The folder on the server.</param>
/// <param name="Client">A name, an address, a network, a pattern; * or &lt;world&gt; for all.</param>
/// <param name="Options">As exportfs and /etc/exports write them.</param>
internal sealed record NfsExport(string Path, string Client, IReadOnlyList<string> Options)
{
    private const string Flavours = "sec=";

    private static readonly string[] s_ofFlavour = ["ro", "rw", "root_squash", "no_root_squash", "all_squash", "no_all_squash"];

    /// <summary>Whether writes are acknowledged before they are on the disk.</summary>
    public bool IsAsync => Last("async", "sync") == "async";

    /// <summary>Whether clients may only read, which they may unless told otherwise.</summary>
    public bool IsReadOnly => Last("ro", "rw") != "rw";

    /// <summary>Whether the client's root is nobody there, which it is unless told otherwise.</summary>
    public bool SquashesRoot =>
        (Last("root_squash", "no_root_squash") != "no_root_squash" || Last("all_squash", "no_all_squash") == "all_squash")
        && Options.LastOrDefault(option => option.StartsWith("anonuid=", StringComparison.Ordinal)) != "anonuid=0";

    public bool IsForAll => Client is "*" or "<world>";

    /// <summary>
    /// The same for clients of one security flavour. What stands before any sec= is for all, and who may write and who is
    /// root, behind one, for the flavours that it names.
    /// </summary>
    public NfsExport For(string flavour)
    {
        bool isFor = true;
        List<string> options = [];
        foreach (string option in Options)
        {
            isFor = option.StartsWith(Flavours, StringComparison.Ordinal)
                ? option.Substring(Flavours.Length).Split(':').Contains(flavour)
                : isFor;
            if (isFor || !s_ofFlavour.Contains(option))
            {
                options.Add(option);
            }
        }

        return this with { Options = options };
    }

    /// <summary>Of two options, the last one that is written counts; the client's own come after those of the line.</summary>
    private string? Last(string one, string other) => Options.LastOrDefault(option => option == one || option == other);

    public bool Holds(string path) =>
        path == Path || path.StartsWith(Path.TrimEnd('/') + "/", StringComparison.Ordinal);
}

/// <summary>What a host exports: by what exportfs says is in force, else by /etc/exports.</summary>
internal static class NfsExports
{
    private const int NotFoundExitCode = 127;

    public static RemoteCommand Command { get; } = new("exportfs", "-v");

    public static RemoteCommand FileCommand { get; } = new RemoteCommand("cat", "/etc/exports").AfterFailure();

    // "client(options)", or a client alone; in the file, a path may stand in quotes.
    private static readonly Regex s_client = new(@"^(?<client>[^()\s]*)(\((?<options>[^()]*)\))?$", RegexOptions.CultureInvariant);
    private static readonly Regex s_word = new(@"""[^""]*""|\S+", RegexOptions.CultureInvariant);

    public static Question<IReadOnlyList<NfsExport>> Question(string host) => new(
        [Command, FileCommand],
        results => results[0].Succeeded ? Parse(results[0].Output, Command)
            : results[1].Succeeded ? Parse(results[1].Output, FileCommand)
            // Neither the program nor the file: no NFS server is installed.
            : results[0].ExitCode == NotFoundExitCode && results[1].Error.Contains("No such file or directory") ? (IReadOnlyList<NfsExport>)[]
            : throw new RemoteCommandFailedException(host, Command, results[0]));

    /// <exception cref="OutputNotUnderstoodException">A line is no export.</exception>
    public static IReadOnlyList<NfsExport> Parse(string output, RemoteCommand command)
    {
        List<NfsExport> exports = [];
        string? path = null;
        foreach (string line in Lines(output))
        {
            // exportfs puts the client of a long path on a line of its own.
            bool goesOn = char.IsWhiteSpace(line[0]) && path is not null;
            string[] words = [.. s_word.Matches(line).Cast<Match>().Select(match => match.Value.Trim('"'))];
            path = goesOn ? path : Unescape(words[0]);
            if (words.Any(word => word.Length == 0) || path![0] != '/')
            {
                throw new OutputNotUnderstoodException(command, $"no export: {line}", output);
            }

            IReadOnlyList<string> usual = [];
            foreach (string word in words.Skip(goesOn ? 0 : 1))
            {
                if (word[0] == '-')
                {
                    usual = word.Substring(1).Split(',');
                    continue;
                }

                Match client = s_client.Match(word);
                exports.Add(client.Success
                    ? new NfsExport(
                        path,
                        client.Groups["client"].Value is { Length: > 0 } name ? name : "*",
                        client.Groups["options"].Success ? [.. usual, .. client.Groups["options"].Value.Split(',')] : usual)
                    : throw new OutputNotUnderstoodException(command, $"no client: {word}", output));
            }
        }

        return exports;
    }

    /// <summary>Without comments; a line that ends in a backslash goes on in the next.</summary>
    private static IEnumerable<string> Lines(string output) => output.Replace("\\\n", " ")
        .Split(['\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.IndexOf('#') is >= 0 and int comment ? line.Substring(0, comment) : line)
        .Where(line => line.Trim().Length > 0);

    private static string Unescape(string path) => Regex.Replace(
        path, @"\\([0-7]{3})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString());
}
