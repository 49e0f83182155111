namespace XenMigrate;

/// <summary>The progress bar of many moves together, above those of each. A single move needs none.</summary>
internal sealed class BatchProgress(Action<ProgressRecord> show, int guests, Timing timing) : IBatchProgress
{
    private readonly object _lock = new();
    private readonly string _activity = $"Moving {guests} guests";
    private readonly TimeSpan _began = timing.Elapsed();
    private int _underWay;
    private int _ended;

    /// <summary>Under which the bars of the single moves stand; -1 for none.</summary>
    private int Id => guests > 1 ? ProgressActivity.Id(_activity) : -1;

    public void Began() => Change(underWay: 1, ended: 0);

    /// <param name="hasBegun">Whether it was told of before.</param>
    public void Ended(bool hasBegun) => Change(underWay: hasBegun ? -1 : 0, ended: 1);

    public IMoveProgress Of(GuestMove move) => new MoveProgress(show, $"{move.Guest.Name} to {move.Destination}", timing, Id);

    public void Dispose()
    {
        if (guests > 1)
        {
            show(new ProgressRecord(Id, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Change(int underWay, int ended)
    {
        if (guests <= 1)
        {
            return;
        }

        lock (_lock)
        {
            _underWay += underWay;
            _ended += ended;
            double perGuest = _ended == 0 ? 0 : (timing.Elapsed() - _began).TotalSeconds / _ended;
            show(new ProgressRecord(Id, _activity, $"{_ended} of {guests} ended, {_underWay} under way")
            {
                PercentComplete = Math.Min(100, _ended * 100 / guests),
                SecondsRemaining = _ended == 0 ? -1 : (int)Math.Min(int.MaxValue, perGuest * Math.Max(0, guests - _ended)),
            });
        }
    }
}
