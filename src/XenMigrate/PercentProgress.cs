namespace XenMigrate;

/// <summary>A progress bar for one thing that is known by its percentage.</summary>
internal sealed class PercentProgress : IProgress<int>, IDisposable
{
    private readonly AsyncCmdlet _cmdlet;
    private readonly string _activity;
    private readonly string _status;
    private readonly int _id;
    private int _percent = -1;

    public PercentProgress(AsyncCmdlet cmdlet, string activity, string status)
    {
        _cmdlet = cmdlet;
        _activity = activity;
        _status = status;
        _id = ProgressActivity.Id(activity);
        Report(0);
    }

    public void Report(int value)
    {
        if (value != _percent)
        {
            _percent = value;
            _cmdlet.PostProgress(new ProgressRecord(_id, _activity, _status) { PercentComplete = value });
        }
    }

    public void Dispose() =>
        _cmdlet.PostProgress(new ProgressRecord(_id, _activity, _status) { RecordType = ProgressRecordType.Completed });
}

/// <summary>Progress bars of several guests stand below each other if their ids differ.</summary>
internal static class ProgressActivity
{
    public static int Id(string activity)
    {
        // FNV-1a: the same for the same text in every process, which string.GetHashCode is not.
        uint hash = 2166136261;
        foreach (char c in activity)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash & 0x3fffffff) + 1;
    }
}
