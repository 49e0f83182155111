namespace XenMigrate.Toolstacks.Xl;

/// <summary>How long a guest stands still, by what xl's lines tell, or our helper's reports.</summary>
internal sealed class XlPause
{
    private TimeSpan? _began;
    private TimeSpan? _stoodStill;
    private TimeSpan? _copied;
    private TimeSpan? _started;
    private bool _isReported;

    /// <summary>From the moment when the guest began to suspend to its start; null if one of both was not seen.</summary>
    public TimeSpan? Total => _started - _began;

    public void Take(XlMark mark, TimeSpan now)
    {
        switch (mark)
        {
            case XlMark.SuspendAcknowledged:
                _began ??= now;
                break;
            case XlMark.Suspended:
                _began ??= now;
                _stoodStill ??= now;
                break;
            case XlMark.TransferComplete:
                _copied ??= now;
                break;
            case XlMark.TargetStarted:
                _started ??= now;
                break;
        }
    }

    public void Take(PreCopyReport report, TimeSpan now)
    {
        if (report is PreCopyReport.GuestSuspended suspended)
        {
            _isReported = true;
            _stoodStill = now;
            _began = now - (suspended.Took ?? TimeSpan.Zero);
        }
    }

    /// <summary>Its parts; null if one of them was not seen.</summary>
    /// <param name="rounds">The rounds, where our helper reports them: the last one is the copy of the rest.</param>
    public DowntimeParts? Parts(IReadOnlyList<MigrationIteration> rounds)
    {
        // xl's word that all was taken comes after the restore of the devices' state; the helper knows when the memory was.
        TimeSpan? copied = !_isReported ? _copied : rounds.Count > 0 ? _stoodStill + rounds[rounds.Count - 1].Duration : null;
        return _began is { } began && _stoodStill is { } stoodStill && copied is { } end && _started is { } started && end <= started
            ? new DowntimeParts(stoodStill - began, end - stoodStill, started - end)
            : null;
    }
}
