namespace XenMigrate.SaveHelpers;

/// <summary>Looks for helpers on a host. One that others could have changed is not run, not even to ask what it is.</summary>
internal static class HelperQuestion
{
    // libvirt's daemon may run with what it was given, or end when idle and be started with it again.
    private const string Script =
        """
        us=$(id -u)
        echo "user: $us"
        look() { echo "path: $(stat -c '%u %a %F' -- "$1" 2>/dev/null)|$1"; }
        ours() { case $(stat -c '%u %a %F' -- "$1" 2>/dev/null) in "$us "*[0145][0145]" $2") ;; *) false ;; esac; }
        [ -e "$1" ] || [ -L "$1" ] || exit 0
        look "$1"
        [ -e "$1/helper" ] || [ -L "$1/helper" ] || exit 0
        look "$1/helper"
        for unit in libvirtd virtxend; do
          process=
          read -r process < "/run/$unit.pid"
          if [ -r "/proc/$process/environ" ]; then
            tr '\0' '\n' < "/proc/$process/environ"
          else
            systemctl show --property=Environment --value "$unit" | tr ' ' '\n'
          fi | sed -n 's/^LIBXL_SAVE_HELPER=/daemon: /p'
        done 2>/dev/null
        for folder in "$1"/helper/*; do
          [ -d "$folder" ] || continue
          file=$folder/xenmigrate-save-helper
          look "$folder"
          look "$file"
          echo "sum: $(sha256sum 2>/dev/null < "$file")"
          ours "$1" directory && ours "$1/helper" directory && ours "$folder" directory && ours "$file" 'regular file' || continue
          timeout 10 "$file" --probe 2>&1
        done
        exit 0
        """;

    private const string Daemon = "daemon: ";

    private static readonly Regex s_path = new(
        @"^path: ((?<user>[0-9]+) (?<mode>[0-7]+) (?<type>[^|]+))?\|(?<path>.+)\z", RegexOptions.CultureInvariant);

    // Neither a group nor all others may write.
    private static readonly Regex s_onlyOurs = new("[0145][0145]\\z", RegexOptions.CultureInvariant);

    private static readonly Regex s_sum = new(@"^sum: (?<sum>[0-9a-f]{64})?", RegexOptions.CultureInvariant);

    public static Question<HelperFindings> Of(string host) => Of(host, HelperFolder.Usual);

    public static Question<HelperFindings> Of(string host, HelperFolder folder)
    {
        RemoteCommand command = RemoteCommand.Script(Script, folder.Root);
        return new(command, result => result.Succeeded
            ? Parse(command, folder, result.Output)
            : throw new RemoteCommandFailedException(host, command, result));
    }

    /// <exception cref="OutputNotUnderstoodException">It is not what the script writes.</exception>
    public static HelperFindings Parse(RemoteCommand command, HelperFolder folder, string output)
    {
        Queue<string> lines = new(output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0));
        string user = lines.Count > 0 && lines.Peek().StartsWith("user: ", StringComparison.Ordinal)
            ? lines.Dequeue().Substring("user: ".Length)
            : throw new OutputNotUnderstoodException(command, "it does not say who we are", output);
        string[] above = [.. new[] { folder.Root, folder.Helpers }.Select(_ => Stranger("directory")).OfType<string>()];
        List<string> daemons = [];
        while (lines.Count > 0 && lines.Peek().StartsWith(Daemon, StringComparison.Ordinal))
        {
            daemons.Add(lines.Dequeue().Substring(Daemon.Length));
        }

        List<InstalledHelper> installed = [];

        while (lines.Count > 0)
        {
            string path = PathOf(lines.Peek());
            string? stranger = Stranger("directory");
            string program = lines.Count > 0 ? PathOf(lines.Peek()) : "";
            stranger ??= Stranger("regular file");
            string? sum = lines.Count > 0 && s_sum.Match(lines.Dequeue()) is { Success: true } match
                ? match.Groups["sum"].Value
                : throw new OutputNotUnderstoodException(command, $"no checksum of {program}", output);
            List<string> said = [];
            while (lines.Count > 0 && !s_path.IsMatch(lines.Peek()))
            {
                said.Add(lines.Dequeue());
            }

            string name = path.Substring(path.LastIndexOf('/') + 1);
            if (HelperFolder.Read(name) is not null)
            {
                installed.Add(new InstalledHelper(
                    name,
                    program,
                    stranger,
                    sum.Length > 0 ? sum : null,
                    said.Select(HelperProbe.Parse).FirstOrDefault(probe => probe is not null),
                    OutputExcerpt.Of(string.Join(" ", said), 300)));
            }
        }

        return new HelperFindings(above.FirstOrDefault(), installed, daemons);

        string PathOf(string line) => s_path.Match(line) is { Success: true } match
            ? match.Groups["path"].Value
            : throw new OutputNotUnderstoodException(command, $"'{OutputExcerpt.Of(line, 100)}' is no path", output);

        string? Stranger(string type)
        {
            if (lines.Count == 0)
            {
                return null;
            }

            string line = lines.Dequeue();
            string path = PathOf(line);
            Match match = s_path.Match(line);
            return !match.Groups["type"].Success ? $"{path} is missing"
                : match.Groups["type"].Value != type ? $"{path} is no {type}, but a {match.Groups["type"].Value}"
                : match.Groups["user"].Value != user ? $"{path} belongs to user {match.Groups["user"].Value}"
                : !s_onlyOurs.IsMatch(match.Groups["mode"].Value) ? $"others may write to {path} (mode {match.Groups["mode"].Value})"
                : null;
        }
    }
}
