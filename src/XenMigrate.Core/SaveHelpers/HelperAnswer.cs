namespace XenMigrate.SaveHelpers;

/// <summary>Reads what a host says of its helpers, from the first line to the last.</summary>
internal sealed class HelperAnswer
{
    private const string User = "user: ";
    private const string Daemon = "daemon: ";

    private static readonly Regex s_path = new(
        @"^path: ((?<user>[0-9]+) (?<mode>[0-7]+) (?<type>[^|]+))?\|(?<path>.+)\z", RegexOptions.CultureInvariant);

    // Neither a group nor all others may write.
    private static readonly Regex s_onlyOurs = new("[0145][0145]\\z", RegexOptions.CultureInvariant);

    private static readonly Regex s_sum = new(@"^sum: (?<sum>[0-9a-f]{64})?", RegexOptions.CultureInvariant);

    private readonly RemoteCommand _command;
    private readonly string _output;
    private readonly Queue<string> _lines;
    private readonly string _user;

    private HelperAnswer(RemoteCommand command, string output)
    {
        (_command, _output) = (command, output);
        _lines = new(output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0));
        _user = TakeAfter(User) ?? throw NotUnderstood("it does not say who we are");
    }

    /// <exception cref="OutputNotUnderstoodException">It is not what the script of the question writes.</exception>
    public static HelperFindings Parse(RemoteCommand command, HelperFolder folder, string output) => new HelperAnswer(command, output).Read(folder);

    private HelperFindings Read(HelperFolder folder)
    {
        string[] above = [.. new[] { folder.Root, folder.Helpers }.Select(_ => TakeProblem("directory")).OfType<string>()];
        List<string> daemons = [];
        while (TakeAfter(Daemon) is { } daemon)
        {
            daemons.Add(daemon);
        }

        List<InstalledHelper> installed = [];
        while (_lines.Count > 0)
        {
            InstalledHelper helper = TakeHelper();
            if (HelperFolder.Read(helper.Name) is not null)
            {
                installed.Add(helper);
            }
        }

        return new HelperFindings(above.FirstOrDefault(), installed, daemons);
    }

    private InstalledHelper TakeHelper()
    {
        string path = PathOf(_lines.Peek());
        string? problem = TakeProblem("directory");
        string program = _lines.Count > 0 ? PathOf(_lines.Peek()) : "";
        problem ??= TakeProblem("regular file");
        string sum = _lines.Count > 0 && s_sum.Match(_lines.Dequeue()) is { Success: true } match
            ? match.Groups["sum"].Value
            : throw NotUnderstood($"no checksum of {program}");
        List<string> said = [];
        while (_lines.Count > 0 && !s_path.IsMatch(_lines.Peek()))
        {
            said.Add(_lines.Dequeue());
        }

        return new InstalledHelper(
            path.Substring(path.LastIndexOf('/') + 1),
            program,
            problem,
            sum.Length > 0 ? sum : null,
            said.Select(HelperProbe.Parse).FirstOrDefault(probe => probe is not null),
            OutputExcerpt.Of(string.Join(" ", said), 300));
    }

    private string? TakeAfter(string word) =>
        _lines.Count > 0 && _lines.Peek().StartsWith(word, StringComparison.Ordinal) ? _lines.Dequeue().Substring(word.Length) : null;

    /// <summary>Why what the next line tells of is not to be trusted; null if it is.</summary>
    private string? TakeProblem(string type)
    {
        if (_lines.Count == 0)
        {
            return null;
        }

        string line = _lines.Dequeue();
        string path = PathOf(line);
        GroupCollection found = s_path.Match(line).Groups;
        return !found["type"].Success ? $"{path} is missing"
            : found["type"].Value != type ? $"{path} is no {type}, but a {found["type"].Value}"
            : found["user"].Value != _user ? $"{path} belongs to user {found["user"].Value}"
            : !s_onlyOurs.IsMatch(found["mode"].Value) ? $"others may write to {path} (mode {found["mode"].Value})"
            : null;
    }

    private string PathOf(string line) => s_path.Match(line) is { Success: true } match
        ? match.Groups["path"].Value
        : throw NotUnderstood($"'{OutputExcerpt.Of(line, 100)}' is no path");

    private OutputNotUnderstoodException NotUnderstood(string reason) => new(_command, reason, _output);
}
