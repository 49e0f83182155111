namespace XenMigrate.Toolstacks.Xl;

/// <summary>Looks at, and ends, the ssh process that carries a guest's memory.</summary>
internal static class XlTransport
{
    // In a low priority, so that looking takes little time from the move; in the lowest, on a host with one processor, it
    // would see nothing until the move is over. Reading with the shell's own commands, so that one look costs one sleep(1)
    // and nothing more. "wchar" is what the process wrote, to its socket mostly.
    private const string WatchScript =
        """
        while read -r key value < /proc/$1/comm; do
          sum=
          for process do
            while read -r key value; do
              [ "$key" = wchar: ] && sum=$((sum + value))
            done < /proc/$process/io
          done
          [ -z "$sum" ] || echo "$sum"
          sleep 0.8
        done 2>/dev/null
        """;

    // A process id may have been given to somebody else meanwhile.
    private const string EndScript = """read -r name < "/proc/$1/comm" && [ "$name" = ssh ] && kill -TERM "$1" """;

    /// <summary>
    /// Prints the bytes written so far, about once a second, until the process ends; with those of the one whose connection it
    /// goes by, which writes in its place.
    /// </summary>
    public static RemoteCommand Watch(int process, int? master = null) =>
        new(["nice", "-n", "10", "sh", "-c", WatchScript, "sh", XlDomain.Text(process), .. master is { } other ? [XlDomain.Text(other)] : Array.Empty<string>()]);

    public static RemoteCommand End(int process) => RemoteCommand.Script(EndScript, XlDomain.Text(process));
}
