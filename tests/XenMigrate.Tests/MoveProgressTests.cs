namespace XenMigrate.Tests;

public sealed class MoveProgressTests : IDisposable
{
    private readonly List<string> _shown = [];
    private readonly TaskCompletionSource _second = new();
    private readonly TaskCompletionSource _interval = new();
    private readonly MoveProgress _progress;
    private TimeSpan _now;

    public MoveProgressTests() => _progress = new MoveProgress(
        Show,
        "web to b",
        new Timing(() => DateTimeOffset.UnixEpoch, () => _now, (_, token) => _interval.Task.WaitAsync(token)));

    public void Dispose() => _progress.Dispose();

    [Fact(Timeout = 20000)]
    public async Task What_comes_too_soon_is_shown_a_moment_later_though_nothing_follows_it()
    {
        Report("Saving: 0 %", "Saving: 50 %", "Saving: 100 %");
        Assert.Equal(["Saving: 0 %"], _shown);

        _now += TimeSpan.FromSeconds(1);
        _interval.SetResult();
        await _second.Task;

        Assert.Equal(["Saving: 0 %", "Saving: 100 %"], _shown);
    }

    [Fact]
    public void What_was_to_be_shown_later_is_not_shown_after_the_end()
    {
        Report("Saving: 0 %", "Saving: 50 %");

        _progress.Dispose();
        _ = _interval.TrySetResult();

        Assert.Equal(["Saving: 0 %", "Done"], _shown);
    }

    [Fact]
    public void Another_step_is_shown_at_once()
    {
        Report("Saving: 0 %", "Saving: 50 %");

        _progress.Report(new MigrationProgress("web", MigrationStep.Restoring, "Restoring on b"));

        Assert.Equal(["Saving: 0 %", "Restoring on b"], _shown);
    }

    private void Show(ProgressRecord record)
    {
        _shown.Add(record.StatusDescription);
        _ = _shown.Count == 2 && _second.TrySetResult();
    }

    private void Report(params string[] states)
    {
        foreach (string status in states)
        {
            _progress.Report(new MigrationProgress("web", MigrationStep.Saving, status));
        }
    }
}
