using System.Diagnostics;

namespace XenMigrate.Tests;

/// <summary>This machine's own sh, for what only a real shell can tell.</summary>
internal static class LocalShell
{
    public static async Task<CommandResult> RunAsync(string line, string? path = null)
    {
        using Process process = Start(line, path);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    public static Task<CommandResult> RunAsync(RemoteCommand command, string? path = null) =>
        RunAsync(command.ToString(), path);

    public static Process Start(string line, string? path = null)
    {
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList = { "-c", line },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null)
        {
            start.Environment["PATH"] = path + ":" + Environment.GetEnvironmentVariable("PATH");
        }

        return Process.Start(start)!;
    }
}

/// <summary>Runs a test only where there are a POSIX shell, a /proc, and what every Linux has but the barest: pgrep.</summary>
internal sealed class PosixFactAttribute : FactAttribute
{
    public PosixFactAttribute() =>
        Skip = OperatingSystem.IsLinux() ? Needs.Program("pgrep", "package procps") : "It needs Linux: sh and /proc.";
}

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string WriteScript(string name, string text)
    {
        string path = Write(name, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, (System.IO.UnixFileMode)0b111_000_000);
        }

        return path;
    }

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}

/// <summary>The same for a theory.</summary>
internal sealed class PosixTheoryAttribute : TheoryAttribute
{
    public PosixTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "It needs Linux: sh and /proc.";
        }
    }
}
