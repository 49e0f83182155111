using System;
using System.IO;

namespace XenMigrate.Shell.Terminals;

/// <summary>The process's own console.</summary>
internal sealed class SystemTerminal : ITerminal
{
    // What PowerShell takes for the width of a file.
    private const int FileWidth = 120;

    private static readonly bool s_isDumb = System.Environment.GetEnvironmentVariable("TERM") == "dumb";

    public SystemTerminal() => IsScreen = !Console.IsOutputRedirected && !s_isDumb && VirtualTerminal.TryEnable();

    public bool IsInputRedirected => Console.IsInputRedirected;

    public bool IsScreen { get; }

    public bool IsErrorRedirected => Console.IsErrorRedirected;

    // https://no-color.org: any value that is not empty.
    public bool HasColours => IsScreen && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"));

    public int Width => Measure(() => Console.WindowWidth, FileWidth);

    public int Height => Measure(() => Console.WindowHeight, 25);

    public void Write(string text) => Console.Out.Write(text);

    public void WriteError(string text) => Console.Error.Write(text);

    public IDisposable TakeKeys() => new Keys();

    public ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);

    public string? ReadLine() => Console.ReadLine();

    private static int Measure(Func<int> size, int otherwise)
    {
        if (Console.IsOutputRedirected)
        {
            return otherwise;
        }

        try
        {
            // A terminal that does not know its size says 0.
            return size() is > 0 and int cells ? cells : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }

    private sealed class Keys : IDisposable
    {
        public Keys() => Console.TreatControlCAsInput = true;

        public void Dispose() => Console.TreatControlCAsInput = false;
    }
}
