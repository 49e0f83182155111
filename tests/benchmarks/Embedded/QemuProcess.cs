namespace XenMigrate.Benchmarks;

/// <summary>A QEMU with 1 GiB, all of it touched, and its monitor on standard input and output.</summary>
internal sealed class QemuProcess : IDisposable
{
    public const string Program = "qemu-system-x86_64";
    private const string Prompt = "(qemu) ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    public QemuProcess(string arguments)
    {
        _process = Process.Start(new ProcessStartInfo(
            Program,
            "-accel tcg -machine pc,memory-backend=m -object memory-backend-ram,id=m,size=1G,prealloc=on -m 1G "
                + $"-nodefaults -display none -monitor stdio {arguments}")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = ReadAnswer();
    }

    /// <summary>Says something to the monitor, and returns what it answers.</summary>
    public string Ask(string command)
    {
        _process.StandardInput.Write(command + "\n");
        _process.StandardInput.Flush();
        return ReadAnswer();
    }

    public void WaitFor(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > s_patience || _process.HasExited)
            {
                throw new TimeoutException("QEMU did not do what was asked: " + (_process.HasExited ? _process.StandardError.ReadToEnd() : "timeout"));
            }

            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadAnswer()
    {
        StringBuilder answer = new();
        while (!answer.ToString().EndsWith(Prompt, StringComparison.Ordinal))
        {
            int letter = _process.StandardOutput.Read();
            _ = letter >= 0 ? answer.Append((char)letter) : throw new IOException($"QEMU ended: {_process.StandardError.ReadToEnd()}");
        }

        return answer.ToString().Replace("\r", "", StringComparison.Ordinal);
    }
}
