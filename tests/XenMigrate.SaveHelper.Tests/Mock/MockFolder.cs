using System.Text.RegularExpressions;

namespace XenMigrate.Tests.Mock;

/// <summary>What one test's helper finds round it, and what it leaves behind.</summary>
internal sealed class MockFolder : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];

    public MockFolder(MockXen xen, string version = MockXen.New)
    {
        _ = Directory.CreateDirectory(Processes);
        Run("mkfifo", Stream);
        File.WriteAllText(Log, "");
        File.WriteAllText(Stock, $"""
            #!/bin/sh
            echo "stock $*" >>{Log}
            # By the shell itself: while it starts a program, it blocks all signals.
            while read -r line; do
              case $line in SigIgn*|SigBlk*) echo "$line" ;; esac
            done < /proc/$$/status >>{Log}
            case $1 in --restore-domain) eval "cat <&$2" >{Path}/restored; exit ${"{STOCK_EXIT:-0}"};; esac
            exit 42

            """);
        File.SetUnixFileMode(Stock, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        _ = With("LD_LIBRARY_PATH", xen.Folder).With("XENMIGRATE_XEN_VERSION", version).With("XENMIGRATE_RUN", RunFolder)
            .With("XENMIGRATE_STOCK_HELPER", Stock).With("XENMIGRATE_PROC", Processes).With("MOCK_LOG", Log).With("MOCK_COPY", Path + "/copy");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("xenmigrate-save-").FullName;

    public string Stream => Path + "/stream";

    public string RunFolder => Path + "/run";

    /// <summary>What xc_domain_save wrote.</summary>
    public byte[] Written => File.ReadAllBytes(Path + "/copy");

    public string[] Notes => File.ReadAllLines(Log);

    /// <summary>What the helper takes for /proc.</summary>
    public string Processes => Path + "/proc";

    private string Log => Path + "/log";

    private string Stock => Path + "/stock";

    public MockFolder With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public void Apply(ProcessStartInfo start)
    {
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>A process, as /proc shows it.</summary>
    public void AddProcess(int id, params string[] words)
    {
        string folder = Directory.CreateDirectory($"{Processes}/{id}").FullName;
        File.WriteAllText(folder + "/cmdline", string.Join('\0', words) + '\0');
    }

    /// <summary>Runs the helper with other words; its exit code and output.</summary>
    public (int Status, string Output) Ask(params string[] words)
    {
        using Process process = Start(words);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public Process Start(params string[] words)
    {
        // Who started these tests may ignore signals, and a child would inherit that.
        ProcessStartInfo start = new("env", ["--default-signal", MockXen.Program, .. words]) { RedirectStandardOutput = true };
        Apply(start);
        return Process.Start(start)!;
    }

    /// <summary>Waits for a line that another process will write.</summary>
    public async Task<string> NoteAsync(string pattern)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (Notes.FirstOrDefault(line => Regex.IsMatch(line, pattern)) is { } note)
            {
                return note;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A guard still wrote into it: its folder is the system's to clear.
        }
    }

    private static void Run(string program, params string[] words)
    {
        using Process process = Process.Start(program, words);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
