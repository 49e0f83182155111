using System;
using System.Runtime.InteropServices;

namespace XenMigrate.Shell.Terminals;

/// <summary>Makes Windows' console obey escape sequences. Other systems' terminals do.</summary>
internal static class VirtualTerminal
{
    private const int StandardOutput = -11;
    private const uint ProcessSequences = 0x4;

    public static bool TryEnable()
    {
        if (!OperatingSystem.IsWindows())
        {
            return true;
        }

        nint output = GetStdHandle(StandardOutput);
        return GetConsoleMode(output, out uint mode) && SetConsoleMode(output, mode | ProcessSequences);
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int which);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint console, uint mode);
}
