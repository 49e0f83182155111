namespace XenMigrate.Simulation.Hosts;

/// <summary>What the guarding script does before an act, and after it.</summary>
internal static class Guard
{
    /// <summary>What is not as expected; null if all is.</summary>
    public static string? Mismatch(SimulatedHost host, Expectation expected)
    {
        if (expected.BootId is { } boot && boot != host.BootId)
        {
            return "the host was booted again";
        }

        if (expected.Id is not { } number)
        {
            return host.Copies.FirstOrDefault(other => other.Guest.Uuid == expected.Uuid) is { } there ? $"one is there: {there}" : null;
        }

        string id = number.ToString(CultureInfo.InvariantCulture);
        return host.Find(id) is not { } copy ? $"no guest with id {id}"
            : expected.Uuid is { } uuid && copy.Guest.Uuid != uuid ? $"another guest: {copy.Name}, uuid {copy.Guest.Uuid}"
            : expected.Name is { } name && copy.Name != name ? $"its name is {copy.Name}"
            : !expected.States.Split(' ').Contains(copy.Word) ? $"it is {copy.Word}"
            : expected.Used is { } used && used != Seconds(host, copy) ? $"it ran meanwhile: {Seconds(host, copy)} s of CPU time"
            : expected.Alone && AtWork(host, copy, id) is { } other ? $"somebody else is at work on it: {other}"
            : null;
    }

    /// <summary>The words of a tool that moves or saves a guest.</summary>
    private static string? AtWork(SimulatedHost host, Copy copy, string id) => host.Processes.Select(process => process.Words).FirstOrDefault(words =>
        words.Split(' ') is ["xl", ..] or ["libxl-save-helper", ..]
        && words.Split(' ').Any(word => word is "migrate" or "save" or "--save-domain")
        && (words.Split(' ').Contains(id) || words.Contains($" {copy.Name} ", StringComparison.Ordinal)));

    /// <summary>Tells the CPU time, if that was wanted.</summary>
    public static void Leave(Execution execution)
    {
        if (RemoteWords.Expected(execution.Command) is { LookAfterwards: true, Id: { } id }
            && execution.Host.Find(id.ToString(CultureInfo.InvariantCulture)) is { } left)
        {
            execution.Complain($"xenmigrate-left {Seconds(execution.Host, left)}");
        }
    }

    public static string Seconds(SimulatedHost host, Copy copy) =>
        copy.UsedAt(host.World.Now).ToString("0.0", CultureInfo.InvariantCulture);
}
