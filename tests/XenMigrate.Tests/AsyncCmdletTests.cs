namespace XenMigrate.Tests;

public sealed class AsyncCmdletTests : IDisposable
{
    private readonly TestRunspace _runspace = new();
    private bool _ended;

    [Fact(Timeout = 30_000)]
    public async Task Stopping_cancels_the_body_and_waits_for_its_end()
    {
        TaskCompletionSource started = new();
        using PowerShell shell = Body(async (cmdlet, cancellationToken) =>
        {
            started.SetResult();
            await EndlessAsync(cancellationToken);
        });

        Task run = shell.InvokeAsync();
        await started.Task;
        await Task.Run(shell.Stop);

        await Assert.ThrowsAnyAsync<Exception>(() => run);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(_ended);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_later_command_that_throws_ends_the_body()
    {
        using PowerShell shell = Body(async (cmdlet, cancellationToken) =>
        {
            cmdlet.Write(1);
            await EndlessAsync(cancellationToken);
        });
        _ = shell.AddCommand("ForEach-Object").AddParameter("Process", ScriptBlock.Create("throw 'enough'"));

        await Assert.ThrowsAnyAsync<RuntimeException>(() => shell.InvokeAsync());

        Assert.True(_ended);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_terminating_error_ends_the_body()
    {
        using PowerShell shell = Body(async (cmdlet, cancellationToken) =>
        {
            cmdlet.Do(() => cmdlet.ThrowTerminatingError(
                new ErrorRecord(new InvalidOperationException("no"), "No", ErrorCategory.InvalidOperation, null)));
            await EndlessAsync(cancellationToken);
        });

        await Assert.ThrowsAsync<CmdletInvocationException>(() => shell.InvokeAsync());

        Assert.True(_ended);
    }

    [Fact(Timeout = 30_000)]
    public async Task Calls_from_other_threads_arrive_in_order()
    {
        List<int> seen = [];
        using PowerShell shell = Body((cmdlet, cancellationToken) => Task.Run(() =>
        {
            foreach (int i in Enumerable.Range(0, 1000))
            {
                cmdlet.Do(() => seen.Add(i));
            }
        }, cancellationToken));

        await shell.InvokeAsync();

        Assert.Equal(Enumerable.Range(0, 1000), seen);
    }

    [Fact]
    public void A_call_after_the_end_is_not_heard_and_harms_nobody()
    {
        TestBodyCommand? ended = null;
        using PowerShell shell = Body((cmdlet, _) =>
        {
            ended = cmdlet;
            return Task.CompletedTask;
        });

        _ = shell.Invoke();

        ended!.Do(() => Assert.Fail("too late"));
    }

    [Fact]
    public void WhatIf_answers_no()
    {
        using PowerShell shell = Body(async (cmdlet, _) => cmdlet.Write(await cmdlet.Confirm("web")));

        Assert.False((bool)Assert.Single(shell.AddParameter("WhatIf").Invoke()).BaseObject);
    }

    [Fact]
    public void Without_WhatIf_the_answer_is_yes()
    {
        using PowerShell shell = Body(async (cmdlet, _) => cmdlet.Write(await cmdlet.Confirm("web")));

        Assert.True((bool)Assert.Single(shell.AddParameter("Confirm", false).Invoke()).BaseObject);
    }

    [Fact]
    public void Where_nobody_can_be_asked_it_is_said_what_to_give()
    {
        using PowerShell shell = Body(async (cmdlet, _) => cmdlet.Write(await cmdlet.Confirm("web")));

        Assert.Empty(shell.AddParameter("Confirm", true).Invoke());

        ErrorRecord error = Assert.Single(shell.Streams.Error);
        Assert.StartsWith("ConfirmationNotGiven,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Agree beforehand: -Confirm:$false", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Our_exceptions_are_errors_that_do_not_terminate()
    {
        using PowerShell shell = Body((_, _) => throw new HostUnreachableException("a", "no route"));

        Assert.Empty(shell.Invoke());

        ErrorRecord error = Assert.Single(shell.Streams.Error);
        Assert.Equal("HostUnreachable," + typeof(TestBodyCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Contains("ssh a", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Other_exceptions_terminate_as_themselves()
    {
        using PowerShell shell = Body((_, _) => throw new InvalidOperationException("a bug"));

        CmdletInvocationException e = Assert.Throws<CmdletInvocationException>(() => shell.Invoke());

        Assert.IsType<InvalidOperationException>(e.InnerException);
    }

    [Theory]
    [InlineData(true, "SilentlyContinue", true)]
    [InlineData(null, "Continue", true)]
    [InlineData(null, "SilentlyContinue", false)]
    [InlineData(false, "Continue", false)]
    public void Verbose_text_is_made_only_for_who_reads_it(bool? parameter, string preference, bool expected)
    {
        _ = _runspace.Run($"$global:VerbosePreference = '{preference}'");
        using PowerShell shell = Body((cmdlet, _) =>
        {
            cmdlet.Write(cmdlet.Verbose);
            return Task.CompletedTask;
        });
        _ = parameter is null ? shell : shell.AddParameter("Verbose", parameter);

        Assert.Equal(expected, Assert.Single(shell.Invoke()).BaseObject);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_word_after_the_stop_needs_no_user_interface()
    {
        TaskCompletionSource started = new();
        using PowerShell shell = Body(async (cmdlet, cancellationToken) =>
        {
            started.SetResult();
            try
            {
                await EndlessAsync(cancellationToken);
            }
            finally
            {
                cmdlet.Warn("The guest is at a.");
            }
        });

        Task run = shell.InvokeAsync();
        await started.Task;
        await Task.Run(shell.Stop);

        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => run);
    }

    public void Dispose() => _runspace.Dispose();

    private PowerShell Body(Func<TestBodyCommand, CancellationToken, Task> body) =>
        _runspace.Shell().AddCommand("Test-Body").AddParameter("Body", body);

    // Ends late on purpose: who does not wait for it sees _ended false.
    private async Task EndlessAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            await Task.Delay(100, CancellationToken.None);
            _ended = true;
        }
    }
}
