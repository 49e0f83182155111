namespace XenMigrate.Lab.Tests;

/// <summary>A PowerShell process that moves a guest and is killed in the middle, as kill -9 does it.</summary>
internal sealed class KilledShell : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly string _folder;
    private readonly Process _process;

    /// <param name="script">What it runs; moves have to keep their journals in <paramref name="folder"/>.</param>
    /// <param name="folder">The folder of the journals, empty before.</param>
    public KilledShell(string script, string folder)
    {
        _folder = folder;
        ProcessStartInfo start = RealPowerShell.Command(
            $"Import-Module '{StagedModule.Manifest}'\n{script}");
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
        Assert.True(
            SpinWait.SpinUntil(() => journal(Journal) || _process.HasExited, s_limit) && !_process.HasExited,
            $"The journal never said it: {Journal}");
        _ = SpinWait.SpinUntil(() => _process.HasExited, later);
        Assert.False(_process.HasExited, $"The move ended before: {Journal}");
        _process.Kill();
        _process.WaitForExit();
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
