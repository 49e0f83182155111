using System.Diagnostics;
using System.Reflection;

namespace XenMigrate.Shell.Tests.Running;

/// <summary>How the built shell ended, and what it wrote.</summary>
internal sealed record Ended(int Code, string Output, string Errors);

/// <summary>The built shell as a process of its own, whose input and output are pipes.</summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    public ShellProcess(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "XenMigrate.Shell.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static string RepositoryRoot { get; } = typeof(ShellProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public static Task<Ended> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public static async Task<Ended> RunWithInputAsync(string input, params string[] arguments)
    {
        using ShellProcess shell = new(arguments);
        await shell._process.StandardInput.WriteAsync(input);
        shell._process.StandardInput.Close();
        return await shell.EndAsync();
    }

    public async Task<Ended> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(s_limit);
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return new Ended(_process.ExitCode, output, await _errors.WaitAsync(s_limit));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
