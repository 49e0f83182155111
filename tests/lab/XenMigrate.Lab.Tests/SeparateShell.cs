namespace XenMigrate.Lab.Tests;

/// <summary>A PowerShell process of its own that moves a guest, and is killed in the middle, as kill -9 does it, or ends.</summary>
internal sealed class SeparateShell : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly string _folder;
    private readonly Process _process;

    /// <param name="script">What it runs; moves have to keep their journals in <paramref name="folder"/>.</param>
    /// <param name="folder">The folder of the journals, empty before.</param>
    /// <param name="environment">What it finds in its environment besides.</param>
    public SeparateShell(string script, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        _folder = folder;
        ProcessStartInfo start = RealPowerShell.Command(
            $"Import-Module '{StagedModule.Manifest}'\n{script}");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The only journal; empty as long as there is none.</summary>
    public string Journal => Directory.GetFiles(_folder) is [string path] ? File.ReadAllText(path) : "";

    /// <summary>Kills it once the journal says so, and that much later.</summary>
    public void KillWhen(Func<string, bool> journal, TimeSpan later)
    {
        WaitFor(journal);
        _ = SpinWait.SpinUntil(() => _process.HasExited, later);
        Assert.False(_process.HasExited, $"The move ended before: {Journal}");
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits until the journal says so.</summary>
    public void WaitFor(Func<string, bool> journal) => Assert.True(
        SpinWait.SpinUntil(() => journal(Journal) || _process.HasExited, s_limit) && !_process.HasExited,
        $"The journal never said it: {Journal}");

    /// <summary>Waits until it has ended by itself.</summary>
    public void WaitForEnd() => Assert.True(_process.WaitForExit(s_limit), $"It did not end: {Journal}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
