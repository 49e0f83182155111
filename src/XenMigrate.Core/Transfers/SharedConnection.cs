namespace XenMigrate.Transfers;

/// <summary>
/// An ssh connection from the source to the destination that was made to try the way, and that the transfer goes on with: it saves
/// making another. It ends with the move, and by itself soon after whoever used it last; where it is gone, ssh makes one of its own.
/// </summary>
/// <param name="Path">Its socket on the source, in a folder of root's alone.</param>
/// <param name="Master">The process that has it; null if it was not found, in which case nobody can see how much it carries.</param>
internal sealed record SharedConnection(string Path, int? Master)
{
    public const string Name = "try the way by ssh";

    private const string Mark = "xenmigrate-connection ";

    // Before OpenSSH 5.6 nobody keeps a connection, and before 6.3 none tells a file of its own how it ended: such a one says at
    // once that it knows no such option, and is then used as it is. What the master says goes to a file, since it may say it
    // long after this script has ended. Its process is found by the title that it gives itself.
    private const string OpenScript =
        """
        run=${XENMIGRATE_RUN:-/run/xenmigrate} token=$1
        shift 2
        [ -d "$run" ] || (umask 077; mkdir -p "$run")
        path=$run/ssh-$token
        { true > "$path.said"; } 2>/dev/null || exec ssh "$@"
        ssh -E "$path.said" -o ControlMaster=yes -o ControlPath="$path" -o ControlPersist=30 -o LogLevel=INFO "$@" 2>>"$path.said"
        code=$?
        said=
        while IFS= read -r line; do said="$said$line
        "; done < "$path.said"
        if [ $code = 255 ]; then
          rm -f "$path.said"
          case $said in
          *ontrol*|*option*|*unix_listener*|*mux*) exec ssh "$@" ;;
          esac
        fi
        [ -z "$said" ] || printf %s "$said" >&2
        if [ -S "$path" ]; then
          pid=
          for process in /proc/[0-9]*; do
            [ "${process#/proc/}" -gt $$ ] && read -r title < "$process/cmdline"
            case $title in
            *"$path"*mux*) pid=${process#/proc/}; break ;;
            esac
          done 2>/dev/null
          echo "xenmigrate-connection $path $pid"
        fi
        exit $code
        """;

    // A master says when its connection went silent, and nothing when the other end closed it: then its socket is gone.
    private const string SaidScript =
        """
        while IFS= read -r line; do printf '%s\n' "$line"; done < "$1.said"
        [ -S "$1" ] || echo "ssh: the connection was closed by remote host, or broke"
        """;

    // A process id may have been given to somebody else meanwhile. Nobody waits for the file to go.
    private const string EndScript =
        """
        read -r title < "/proc/$2/cmdline"
        case $title in
        *"$1"*) kill "$2" ;;
        esac
        rm -f "$1.said" </dev/null >/dev/null 2>&1 &
        """;

    private static readonly Regex s_told = new(
        @"(?<=\A|\n)" + Mark + @"(?<path>/\S+/ssh-(?<token>[0-9a-f]{32})) (?<master>\d*)\n?\z", RegexOptions.CultureInvariant);

    /// <summary>Runs an ssh so that its connection stays for others.</summary>
    public static RemoteCommand Open(Guid token, RemoteCommand ssh) =>
        RemoteCommand.Script(OpenScript, [token.ToString("N"), .. ssh.Words]).Named(Name, ssh);

    /// <summary>
    /// Takes what the script tells of the connection off what the command wrote. The destination, which wrote most of that, does not
    /// know the token: what it says of a connection names no file and no process of the source's.
    /// </summary>
    public static (string Output, SharedConnection? Connection) Take(string output, Guid token) =>
        s_told.Match(output) is { Success: true } told && told.Groups["token"].Value == token.ToString("N")
        ? (output.Substring(0, told.Index), new SharedConnection(
            told.Groups["path"].Value,
            int.TryParse(told.Groups["master"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int master) ? master : null))
        : (output, null);

    /// <summary>Tells what ssh has said of it so far: why it broke, if it did.</summary>
    public RemoteCommand Said => RemoteCommand.Script(SaidScript, Path).Named(Name);

    /// <summary>Ends it at once; where that fails, it ends by itself.</summary>
    public async Task EndAsync(IHostShell source)
    {
        try
        {
            _ = await source.RunAsync(End, CancellationToken.None).ConfigureAwait(false);
        }
        catch (XenMigrateException)
        {
            // Nobody uses it, so it does not stay.
        }
    }

    /// <summary>Ends it.</summary>
    public RemoteCommand End => RemoteCommand.Script(EndScript, Path, Master is { } master ? master.ToString(CultureInfo.InvariantCulture) : "none").Named(Name);
}
