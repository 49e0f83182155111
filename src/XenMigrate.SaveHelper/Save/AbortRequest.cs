namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// Ends a save before its time, from any thread. Nothing may exit inside xc_domain_save, or the guest stays in log-dirty mode:
/// the stream is broken off instead, which makes it fail and clear up by itself. The first cause counts, and none after the save
/// succeeded.
/// </summary>
internal sealed class AbortRequest : IDisposable
{
    private const int Open = 0;
    private const int Asked = 1;
    private const int Completed = 2;

    private int _state;
    private bool _standsStill;

    /// <summary>Rings when it is asked for.</summary>
    public Wake Wake { get; } = new();

    public bool IsAsked => Volatile.Read(ref _state) == Asked;

    /// <summary>What libxl is told.</summary>
    public int Error { get; private set; }

    public string Reason { get; private set; } = "";

    public void Ask(int error, string reason)
    {
        lock (Wake)
        {
            if (_state != Open)
            {
                return;
            }

            Error = error;
            Reason = reason;
            Volatile.Write(ref _state, Asked);
            Wake.Ring();
        }
    }

    /// <summary>The same, if the guest runs.</summary>
    public void AskIfRunning(int error, string reason)
    {
        lock (Wake)
        {
            if (!_standsStill)
            {
                Ask(error, reason);
            }
        }
    }

    /// <summary>The guest is about to stand still, unless the abort was asked for before.</summary>
    public bool TryStandStill()
    {
        lock (Wake)
        {
            _standsStill = _state == Open;
            return _standsStill;
        }
    }

    /// <summary>It succeeded, unless the abort was asked for before. Afterwards nobody can.</summary>
    public bool TryComplete()
    {
        lock (Wake)
        {
            _state = _state == Open ? Completed : _state;
            return _state == Completed;
        }
    }

    public void Dispose() => Wake.Dispose();
}
