namespace XenMigrate.Toolstacks.Xl;

/// <summary>A line of <c>xl list</c>. Memory is in MiB; the uuid is only there with -v.</summary>
internal sealed record XlListRow(
    string Name, int Id, long MemoryMB, int VCpu, GuestState State, TimeSpan CpuTime, Guid? Uuid = null);

/// <summary>The table that <c>xl list</c> prints, and the wider one of <c>xl list -v</c>.</summary>
internal static class XlList
{
    // The name is as long as can be: it may hold spaces, and a row of its own.
    private static readonly LinePattern s_row = new(
        @"^(?<name>.*)\s+(?<id>\d+)\s+(?<memory>\d+)\s+(?<vcpu>\d+)\s+" +
        @"(?<state>[r-][b-][p-][s-][-rscwS?][d-])\s+(?<time>\d+(\.\d+)?)" +
        // -v goes on with the uuid, why it was shut down, and its security label.
        @"(\s+(?<uuid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\s.*)?\s*$");

    public static RemoteCommand Command { get; } = new("xl", "list");

    public static RemoteCommand CommandWithUuids { get; } = new("xl", "list", "-v");

    /// <exception cref="OutputNotUnderstoodException">There is no header, or a line is no row.</exception>
    public static IReadOnlyList<XlListRow> Parse(string output) => GuestTable.Parse(Command, output, Row);

    private static XlListRow? Row(string line)
    {
        Match match = s_row.Match(line);
        return match.Success
            && int.TryParse(Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && long.TryParse(Text("memory"), NumberStyles.None, CultureInfo.InvariantCulture, out long memory)
            && int.TryParse(Text("vcpu"), NumberStyles.None, CultureInfo.InvariantCulture, out int vcpu)
            && double.TryParse(Text("time"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds < TimeSpan.MaxValue.TotalSeconds / 2
                ? new XlListRow(Text("name").TrimEnd(), id, memory, vcpu, State(Text("state")), TimeSpan.FromSeconds(seconds), Uuid())
                : null;

        string Text(string group) => match.Groups[group].Value;

        Guid? Uuid() => match.Groups["uuid"].Success ? Guid.Parse(Text("uuid")) : null;
    }

    /// <summary>The six letters: running, blocked, paused, shut down, why, dying. All dashes: ready to run.</summary>
    private static GuestState State(string letters) =>
        letters[5] == 'd' ? GuestState.Dying
        : letters[3] == 's' ? ShutDownState(reason: letters[4])
        : letters[2] == 'p' ? GuestState.Paused
        : letters[1] == 'b' ? GuestState.Blocked
        : GuestState.Running;

    private static GuestState ShutDownState(char reason) => reason switch
    {
        's' => GuestState.Suspended,
        'c' or 'w' => GuestState.Crashed,
        _ => GuestState.ShutDown,
    };
}
