namespace XenMigrate.Toolstacks.Libvirt;

/// <summary><c>virsh migrate</c>, and what shows its progress.</summary>
internal static class LibvirtMigrate
{
    // The memory goes past ssh, over a connection that the destination accepts at the address in the last URI. Without it
    // that is what the destination believes its own name means, often 127.0.1.1. So the source says what it means here; a
    // name that only its ssh knows is left to libvirt.
    //
    // virsh leads the move from the source: a broken connection to us must not end it.
    private const string MigrateScript =
        $"""
        read -r address rest <<END
        $(getent ahosts "$1")
        END
        shift
        case $address in
        '') ;;
        *:*) set -- "$@" "tcp://[$address]" ;;
        *) set -- "$@" "tcp://$address" ;;
        esac
        trap '' HUP PIPE
        echo "{RemoteProcess.Mark}$$" >&2

        """;

    private const string JustMove = "exec \"$@\"";

    // The daemon has one environment for all its moves, so what is wanted of this one is in a file for its guest.
    // It is gone whatever ends the move; and should this shell be killed, the next move takes it away first.
    private const string MoveByOptions =
        """
        trap 'rm -f "$folder/options"' EXIT
        "$@"
        exit
        """;

    private const string ForgetOptions =
        """
        rm -f "$1/domain-$2/options" || exit
        shift 2

        """;

    private const string TakeOptions =
        """
        folder=$1/domain-$2
        (umask 077 && mkdir -p "$folder" && echo "$3" > "$folder/options") || exit
        shift 3

        """;

    // libxl writes the memory from a process of its own, whose arguments are two files' numbers, the guest's id and three
    // more. "wchar" is what it wrote. If the daemon was given our save helper, that tells of its rounds in a file, which is
    // this move's once the process has it open. A busy host would not let a nice process find it in time: so it is nice
    // only then.
    private const string WatchScript =
        """
        until process=$(pgrep -o -f "^[^ ]* --save-domain [0-9-]+ [0-9-]+ $1 "); do
          sleep 0.5
        done
        renice -n 10 -p $$ >/dev/null 2>&1
        read -r name < "/proc/$process/comm"
        if [ "$name" = xenmigrate-save ]; then
          events=/run/xenmigrate/domain-$1/events
          until ls -l "/proc/$process/fd" | grep -q -F "$events"; do
            sleep 0.2
          done 2>/dev/null
          exec tail -n +1 -s 0.2 -f --pid="$process" "$events"
        fi
        while read -r key value < /proc/$process/comm; do
          while read -r key value; do
            [ "$key" = wchar: ] && echo "$value"
          done < /proc/$process/io
          sleep 0.5
        done 2>/dev/null
        """;

    /// <param name="runFolder">Where our save helper looks for what is wanted of a move.</param>
    public static RemoteCommand Command(TransferRequest request, string runFolder = "/run/xenmigrate")
    {
        List<string> options = [];
        Add(request.Live, "--live");
        Add(request.Persist, "--persistent");
        Add(request.RemoveSourceDefinition, "--undefinesource");
        string? requested = request.Helpers is null ? null : request.PreCopy?.ToString();
        return RemoteCommand.Script(
            requested is not null ? TakeOptions + MigrateScript + MoveByOptions : ForgetOptions + MigrateScript + JustMove,
            [
                runFolder, Virsh.Text(request.Guest.Id!.Value), .. requested is null ? Array.Empty<string>() : [requested],
                LibvirtAddress.Host(request.MigrationAddress),
                "virsh", "-q", "-c", Virsh.Connection, "migrate", .. options,
                Virsh.Text(request.Guest.Id!.Value), LibvirtAddress.Connection(request.MigrationAddress),
            ]);

        void Add(bool wanted, string option)
        {
            if (wanted)
            {
                options.Add(option);
            }
        }
    }

    /// <summary>
    /// Prints the bytes written so far, twice a second, once there is a process that writes them and until it ends; or what
    /// our save helper reports.
    /// </summary>
    public static RemoteCommand Watch(int id) =>
        RemoteCommand.Script(WatchScript, Virsh.Text(id));
}
