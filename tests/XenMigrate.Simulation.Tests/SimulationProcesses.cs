using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace XenMigrate.Simulation;

/// <summary>Runs seeds of the simulation, in as many processes as this machine has processors.</summary>
internal static class SimulationProcesses
{
    private static readonly string s_program = typeof(SimulationProcesses).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "Simulation").Value!;

    /// <summary>Runs seeds, each process a part of them.</summary>
    /// <returns>What was wrong, a line each.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(int seeds, int first)
    {
        int processes = Math.Min(Environment.ProcessorCount, seeds);
        string[][] lines = await Task.WhenAll(Enumerable.Range(0, processes).Select(process =>
        {
            int from = (int)((long)seeds * process / processes);
            int to = (int)((long)seeds * (process + 1) / processes);
            return OutputAsync(Text(to - from), Text(first + from));
        }));
        // The last line of each only counts.
        return [.. lines.SelectMany(output => output[..^1])];
    }

    /// <summary>What the simulation prints, line by line.</summary>
    /// <exception cref="InvalidOperationException">It failed itself.</exception>
    public static async Task<string[]> OutputAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", s_program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A run leaves nothing behind: with room for many, hardly anything is ever looked at by the collector.
            Environment = { ["DOTNET_GCgen0size"] = "0x4000000" },
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode is 0 or 1
            ? output.TrimEnd().Split('\n')
            : throw new InvalidOperationException($"The simulation failed with {process.ExitCode}: {await error}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
