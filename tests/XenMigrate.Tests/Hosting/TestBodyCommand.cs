namespace XenMigrate.Tests.Hosting;

/// <summary>Test-Body runs whatever body a test gives it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Body", SupportsShouldProcess = true)]
public sealed class TestBodyCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true)]
    public Func<TestBodyCommand, CancellationToken, Task> Body { get; set; } = null!;

    public bool Verbose => IsVerbose;

    public void Write(object value) => Post(() => WriteObject(value));

    public void Do(Action call) => Post(call);

    public void Warn(string message) => SayAfterStop(message);

    public Task<bool> Confirm(string target) => ConfirmAsync(target, "Try");

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken) => Body(this, cancellationToken);
}
