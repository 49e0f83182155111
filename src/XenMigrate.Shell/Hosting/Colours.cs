using System;
using System.Globalization;

namespace XenMigrate.Shell.Hosting;

/// <summary>The console's sixteen colours as escape sequences.</summary>
internal static class Colours
{
    // Windows counts blue, green, red by bits; terminals red, green, blue.
    private static readonly int[] s_codes = [30, 34, 32, 36, 31, 35, 33, 37, 90, 94, 92, 96, 91, 95, 93, 97];

    public static string Foreground(ConsoleColor colour) => Sequence(colour, 0);

    public static string Background(ConsoleColor colour) => Sequence(colour, 10);

    private static string Sequence(ConsoleColor colour, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"\e[{s_codes[(int)colour] + offset}m");
}
