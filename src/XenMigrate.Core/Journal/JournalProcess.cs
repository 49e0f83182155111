using System.ComponentModel;
using System.Diagnostics;

namespace XenMigrate.Journal;

/// <summary>A process that writes a journal.</summary>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="Id">Its process id, which another may have later.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record JournalProcess(string Machine, int Id, DateTimeOffset StartedAt)
{
    // What the system tells of a start is rounded, and not always in the same way.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    /// <summary>What no other process has, at no other time, and no clock changes: Linux's boot and the start since it; null elsewhere.</summary>
    public string? Mark { get; init; }

    public static JournalProcess Current()
    {
        using Process process = Process.GetCurrentProcess();
        return new JournalProcess(Environment.MachineName, process.Id, process.StartTime.ToUniversalTime()) { Mark = MarkOf(process.Id) };
    }

    /// <summary>Whether it still runs; null if it can't be seen from here.</summary>
    public bool? IsAlive()
    {
        if (!string.Equals(Machine, Environment.MachineName, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            using Process process = Process.GetProcessById(Id);
            if (Mark is not null)
            {
                return MarkOf(Id) is { } mark ? mark == Mark : null;
            }

            return (process.StartTime.ToUniversalTime() - StartedAt).Duration() <= s_tolerance;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It is not there, or ended meanwhile.
            return false;
        }
        catch (Win32Exception)
        {
            // It is another user's, who does not let us look.
            return null;
        }
    }

    private static string? MarkOf(int process)
    {
        try
        {
            // The name of a program may hold blanks and parentheses: what follows its last one is numbers, the start the twentieth.
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string start = stat.Substring(stat.LastIndexOf(')') + 1).Split([' '], StringSplitOptions.RemoveEmptyEntries)[19];
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {start}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
