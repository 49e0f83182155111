using System;
using System.Linq;

namespace XenMigrate.Tests;

/// <summary>What a test needs of this machine beside .NET. On CI nothing is missing: there the test runs, and fails.</summary>
internal static class Needs
{
    /// <summary>Why to skip a test, or null if the file is there, or if this is CI.</summary>
    public static string? File(string path, string remedy) =>
        IsCi || System.IO.File.Exists(path) ? null : $"There is no {path} here ({remedy}).";

    /// <summary>The same for a program that the PATH leads to.</summary>
    public static string? Program(string name, string remedy) =>
        IsCi || Path.Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, name)))
            ? null
            : $"There is no {name} here ({remedy}).";

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");

    private static string[] Path => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
}
