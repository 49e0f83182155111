using XenMigrate.Simulation.Xen;

namespace XenMigrate.Simulation.Hosts;

/// <summary>What the guarding script does before an act, and after it: <see cref="Toolstacks.Expectation.Words"/> has its words.</summary>
internal static class Guard
{
    /// <summary>What is not as expected; null if all is.</summary>
    public static string? Mismatch(SimulatedHost host, string[] expected)
    {
        (string boot, string id, string uuid, string name, string states, string used) =
            (expected[0], expected[1], expected[2], expected[3], expected[4], expected[5]);
        if (boot.Length > 0 && boot != host.BootId)
        {
            return "the host was booted again";
        }

        if (id.Length == 0)
        {
            return uuid.Length > 0 && host.Copies.Any(other => other.Guest.Uuid.ToString() == uuid) ? "one is there" : null;
        }

        return host.Find(id) is not { } copy ? $"no guest with id {id}"
            : uuid.Length > 0 && copy.Guest.Uuid.ToString() != uuid ? $"another guest: {copy.Name}, uuid {copy.Guest.Uuid}"
            : name.Length > 0 && copy.Name != name ? $"its name is {copy.Name}"
            : !states.Split(' ').Contains(copy.Word) ? $"it is {copy.Word}"
            : used.Length > 0 && used != Seconds(host, copy) ? $"it ran meanwhile: {Seconds(host, copy)} s of CPU time"
            : null;
    }

    /// <summary>The guest whose CPU time is told after the act; null if nobody wants to know.</summary>
    public static string? Left(string[]? expected) => expected is [_, var id, _, _, _, _, "look"] ? id : null;

    /// <summary>Tells the CPU time, if that was wanted.</summary>
    public static void Leave(Execution execution)
    {
        if (Left(RemoteWords.Expected(execution.Command)) is { } id && execution.Host.Find(id) is { } left)
        {
            execution.Complain($"xenmigrate-left {Seconds(execution.Host, left)}");
        }
    }

    public static string Seconds(SimulatedHost host, Copy copy) =>
        copy.UsedAt(host.World.Now).ToString("0.0", CultureInfo.InvariantCulture);
}
