using System.Collections.Concurrent;
using System.Management.Automation.Host;

namespace XenMigrate;

/// <summary>Runs an asynchronous body while every call to PowerShell stays on the pipeline thread.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private BlockingCollection<Action> _calls = [];

    /// <summary>Whether anybody reads the verbose stream: what nobody reads need not be written.</summary>
    protected bool IsVerbose { get; private set; }

    /// <summary>Warns; whatever a host wrote into it is fit for a terminal then.</summary>
    internal new void WriteWarning(string message) => base.WriteWarning(PrintableText.Of(message));

    /// <summary>The same for what is told to whoever asks for more.</summary>
    internal new void WriteVerbose(string message) => base.WriteVerbose(PrintableText.Of(message));

    /// <summary>Looks at what only the pipeline thread can see, before the first body begins.</summary>
    private protected virtual void Prepare()
    {
    }

    protected virtual Task BeginProcessingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected virtual Task ProcessRecordAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected virtual Task EndProcessingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override void BeginProcessing()
    {
        IsVerbose = WantsVerbose();
        Prepare();
        Run(BeginProcessingAsync);
    }

    protected sealed override void ProcessRecord() => Run(ProcessRecordAsync);

    protected sealed override void EndProcessing() => Run(EndProcessingAsync);

    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stop came as the cmdlet ended.
        }
    }

    /// <summary>Hands a call to the pipeline thread and goes on. After the end of the body nobody hears it.</summary>
    internal void Post(Action call)
    {
        try
        {
            _calls.Add(call);
        }
        catch (InvalidOperationException)
        {
            // The body has ended: an observer of ours spoke too late.
        }
    }

    /// <summary>Writes a non-terminating error.</summary>
    internal void PostError(XenMigrateException error, object? target = null) =>
        Post(() => WriteError(error.ToErrorRecord(target)));

    /// <summary>Writes a progress record; each has to be a new one.</summary>
    internal void PostProgress(ProgressRecord record) => Post(() => WriteProgress(record));

    /// <summary>Asks the pipeline thread a question, and waits for the answer.</summary>
    internal async Task<T> AskAsync<T>(Func<T> question)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stopped = _stop.Token.Register(() => answer.TrySetCanceled(_stop.Token));
        Post(() => answer.TrySetResult(question()));
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>What the cmdlet can't go on without: a failure ends it.</summary>
    internal static async Task<T> RequireAsync<T>(Func<Task<T>> body)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    /// <inheritdoc cref="RequireAsync"/>
    internal static T Require<T>(Func<T> body)
    {
        try
        {
            return body();
        }
        catch (XenMigrateException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    /// <summary>ShouldProcess from the body.</summary>
    internal Task<bool> ConfirmAsync(string target, string action) => ConfirmAsync(target, action, force: false);

    /// <summary>ShouldProcess from the body, but -Force asks nothing unless -Confirm asks for it.</summary>
    internal Task<bool> ConfirmAsync(string target, string action, bool force) =>
        AnswerAsync(() => AsksNothing(force) || ShouldProcess(target, action));

    /// <summary>The same with a sentence of its own; tells a no from -WhatIf.</summary>
    internal Task<RepairConsent> ConsentAsync(string what, string caption, bool force = false) => AnswerAsync(() =>
        AsksNothing(force) || ShouldProcess(what, what + "?", caption, out ShouldProcessReason reason) ? RepairConsent.Given
        : reason == ShouldProcessReason.WhatIf ? RepairConsent.OnlyShown
        : RepairConsent.Declined);

    /// <exception cref="ConfirmationNotGivenException">There is nobody to ask.</exception>
    private async Task<T> AnswerAsync<T>(Func<T> question)
        where T : struct => await AskAsync(() => Interactivity.Answer(question)).ConfigureAwait(false)
            ?? throw new ConfirmationNotGivenException(MyInvocation.MyCommand.Name);

    /// <summary>Whether -Force has answered already. Only on the pipeline thread.</summary>
    private bool AsksNothing(bool force) => force && !Preference.IsWhatIf(this) && !Preference.IsConfirmGiven(this);

    /// <summary>
    /// Tells the person at the console what is so after Ctrl+C, when the pipeline's own writers only throw.
    /// </summary>
    internal void SayAfterStop(string message)
    {
        try
        {
            Host?.UI?.WriteWarningLine(PrintableText.Of(message));
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            // A host without a user interface has nobody to tell.
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _calls.Dispose();
            _stop.Dispose();
        }
    }

    private void Run(Func<CancellationToken, Task> body)
    {
        _calls.Dispose();
        _calls = [];
        Task work = Task.Run(() => RunToEndAsync(body));

        try
        {
            foreach (Action call in _calls.GetConsumingEnumerable())
            {
                call();
            }

            work.GetAwaiter().GetResult();
        }
        catch (XenMigrateException e)
        {
            WriteError(e.ToErrorRecord());
        }
        catch (TerminatingErrorException e)
        {
            ThrowTerminatingError(e.Error.ToErrorRecord());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            EndWork(work);
        }
    }

    // A call throws when the pipeline stops, or when a later command of it does: the body must not outlive the cmdlet.
    private void EndWork(Task work)
    {
        if (!work.IsCompleted)
        {
            _stop.Cancel();
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne();
        }

        // Looked at, so that nobody reports it as unobserved: what the pipeline threw is what the user sees.
        _ = work.Exception;
    }

    private async Task RunToEndAsync(Func<CancellationToken, Task> body)
    {
        try
        {
            await body(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _calls.CompleteAdding();
        }
    }

    private bool WantsVerbose() =>
        MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
                && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
