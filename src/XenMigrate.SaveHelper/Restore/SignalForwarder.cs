namespace XenMigrate.SaveHelper.Restore;

/// <summary>Who wants this process to end means its child: that ends, and this one behind it.</summary>
internal sealed class SignalForwarder : IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public SignalForwarder(int child)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                _ = Libc.Kill(child, Signals.Terminate);
            }));
        }
    }

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());
}
