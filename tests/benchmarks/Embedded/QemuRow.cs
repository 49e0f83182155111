using System.ComponentModel;

namespace XenMigrate.Benchmarks;

/// <summary>The peer: QEMU's default migration of a halted guest of the same memory, without hardware help (TCG).</summary>
internal static class QemuRow
{
    private const string Name = "static 1 GiB against QEMU, TCG";
    private const double Goal = 1.2;
    private const int Pairs = 5;

    public static Figure Run(Func<double> ours)
    {
        string folder = Directory.CreateTempSubdirectory("xenmigrate-qemu-").FullName;
        try
        {
            string kernel = Path.Combine(folder, "guest");
            File.WriteAllBytes(kernel, MultibootGuest.Bytes);
            (double, double)[] pairs = [.. Enumerable.Range(0, Pairs + 1).Select(_ => (ours(), Move(folder, kernel)))];
            return Measured.Speed(Name, Goal, "QEMU's default migration", pairs.Skip(1));
        }
        catch (Exception e) when (e is Win32Exception or IOException or TimeoutException)
        {
            return Measured.Skipped(Name, e is Win32Exception ? $"{QemuProcess.Program} is not installed" : e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Seconds, by QEMU's own count.</summary>
    private static double Move(string folder, string kernel)
    {
        int port = FreePort();
        string console = Path.Combine(folder, "console");
        File.Delete(console);
        using QemuProcess source = new($"-kernel {kernel} -debugcon file:{console}");
        using QemuProcess destination = new($"-kernel {kernel} -debugcon file:{console}.2 -incoming tcp:127.0.0.1:{port}");

        // The guest says so when it has filled its memory.
        source.WaitFor(() => File.Exists(console) && new FileInfo(console).Length > 0);
        _ = source.Ask("migrate_set_parameter max-bandwidth 1T");
        _ = destination.Ask("info status");
        _ = source.Ask($"migrate -d tcp:127.0.0.1:{port}");

        string answer = "";
        source.WaitFor(() => (answer = source.Ask("info migrate")).Contains("Migration status: completed", StringComparison.Ordinal));
        string total = answer.Split('\n').Single(line => line.StartsWith("total time:", StringComparison.Ordinal));
        return int.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture) / 1000.0;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
