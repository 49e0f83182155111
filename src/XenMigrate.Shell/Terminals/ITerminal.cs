using System;

namespace XenMigrate.Shell.Terminals;

/// <summary>Keyboard and screen, or the files and pipes in their place.</summary>
internal interface ITerminal
{
    bool IsInputRedirected { get; }

    /// <summary>Whether a person sees what is written: if not, nothing is drawn, only told.</summary>
    bool IsScreen { get; }

    bool IsErrorRedirected { get; }

    bool HasColours { get; }

    int Width { get; }

    int Height { get; }

    void Write(string text);

    void WriteError(string text);

    /// <summary>Until disposed, Ctrl+C is a key like others; while a command runs, it is a signal.</summary>
    IDisposable TakeKeys();

    ConsoleKeyInfo ReadKey();

    /// <summary>A line as the terminal or the file gives it; null at the end.</summary>
    string? ReadLine();
}
