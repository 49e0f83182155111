using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks;

/// <summary>
/// A tool that goes on when the connection that started it breaks: it ignores SIGPIPE and has no terminal. Nobody may
/// judge what it does before it ended.
/// </summary>
internal static class RemoteProcess
{
    /// <summary>Before the process id, on a line of its own on standard error.</summary>
    public const string Mark = "xenmigrate-process ";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static RemoteCommand IsAlive(int process) =>
        new("test", "-d", "/proc/" + process.ToString(CultureInfo.InvariantCulture));

    /// <summary>The process id in a line that begins with a mark of ours, or null if the line is none.</summary>
    public static int? Id(string line, string mark) =>
        line.StartsWith(mark, StringComparison.Ordinal)
        && int.TryParse(line.Substring(mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : null;

    /// <summary>Waits until the process ended, or ten minutes; the connection is made again as often as it takes.</summary>
    public static async Task WaitForEndAsync(IHostShell host, int process, Timing timing, Action<string> note)
    {
        TimeSpan until = timing.Elapsed() + s_limit;
        while (timing.Elapsed() < until)
        {
            try
            {
                CommandResult alive = await host.RunAsync(IsAlive(process), CancellationToken.None).ConfigureAwait(false);
                if (!alive.Succeeded)
                {
                    return;
                }
            }
            catch (XenMigrateException e)
            {
                note($"xenmigrate: {e.Message}");
            }

            await timing.Delay(s_interval, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
