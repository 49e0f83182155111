using System.ComponentModel;

namespace XenMigrate.Benchmarks;

/// <summary>This program once more, as the destination.</summary>
internal sealed class ReceiverProcess : IDisposable
{
    public const string Argument = "receive";

    private readonly Process _process;

    public ReceiverProcess()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Argument)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        int[] ports = [.. _process.StandardOutput.ReadLine()!.Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
        Relocation = new IPEndPoint(IPAddress.Loopback, ports[0]);
        Plain = new IPEndPoint(IPAddress.Loopback, ports[1]);
    }

    public IPEndPoint Relocation { get; }

    public IPEndPoint Plain { get; }

    /// <summary>Ahead of other work, where that is allowed.</summary>
    public void Prefer()
    {
        try
        {
            _process.PriorityClass = ProcessPriorityClass.High;
            using Process self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.High;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // Only root may; the ratios hold all the same.
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
