namespace XenMigrate.Toolstacks.Xend;

/// <summary>A line of <c>xm list</c>. Memory is in MiB.</summary>
/// <param name="Id">The domain id; null for a guest that xend manages and that is not active.</param>
internal sealed record XmListRow(string Name, int? Id, long MemoryMB, int VCpu, GuestState State, TimeSpan CpuTime);

/// <summary>The table that <c>xm list</c> prints.</summary>
internal static class XmList
{
    // Read from the right: a name may grow out of its 40 columns. An inactive guest has no id and no state.
    private static readonly LinePattern s_row = new(
        @"^(?<name>\S.*?)\s+((?<id>\d+)\s+)?(?<memory>\d+)\s+(?<vcpu>\d+)\s+" +
        @"((?<state>[r-][b-][p-][s-][c-][d-])\s+)?(?<time>\d+(\.\d+)?)\s*$");

    public static RemoteCommand Command { get; } = new("xm", "list");

    /// <exception cref="OutputNotUnderstoodException">There is no header, or a line is no row.</exception>
    public static IReadOnlyList<XmListRow> Parse(string output) => GuestTable.Parse(Command, output, Row);

    /// <summary>The six letters: running, blocked, paused, shut down, crashed, dying. All dashes: ready to run.</summary>
    public static GuestState State(string letters) =>
        letters.Length != 6 ? GuestState.Unknown
        : letters[5] == 'd' ? GuestState.Dying
        : letters[4] == 'c' ? GuestState.Crashed
        : letters[3] == 's' ? GuestState.ShutDown
        : letters[2] == 'p' ? GuestState.Paused
        : letters[1] == 'b' ? GuestState.Blocked
        : GuestState.Running;

    private static XmListRow? Row(string line)
    {
        Match match = s_row.Match(line);
        bool isActive = match.Groups["state"].Success;
        return match.Success
            && (!isActive || match.Groups["id"].Success)
            && int.TryParse(Text("id", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && long.TryParse(Text("memory"), NumberStyles.None, CultureInfo.InvariantCulture, out long memory)
            && int.TryParse(Text("vcpu"), NumberStyles.None, CultureInfo.InvariantCulture, out int vcpu)
            && double.TryParse(Text("time"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds < TimeSpan.MaxValue.TotalSeconds / 2
                ? new XmListRow(
                    Text("name"),
                    isActive ? id : null,
                    memory,
                    vcpu,
                    isActive ? State(Text("state")) : GuestState.ShutDown,
                    TimeSpan.FromSeconds(seconds))
                : null;

        string Text(string group, string otherwise = "") =>
            match.Groups[group] is { Success: true } found ? found.Value : otherwise;
    }
}
