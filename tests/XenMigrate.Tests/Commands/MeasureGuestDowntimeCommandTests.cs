using System.Net;
using System.Net.Sockets;

namespace XenMigrate.Tests.Commands;

public sealed class MeasureGuestDowntimeCommandTests : IDisposable
{
    private readonly TcpListener _guest = new(IPAddress.Loopback, 0);
    private readonly TestRunspace _runspace = new(new FakeNetwork(new FakeHost("a").With("web 3 -b----")));

    public MeasureGuestDowntimeCommandTests() => _guest.Start(1000);

    [Fact]
    public void The_block_runs_in_the_callers_scope_and_its_output_is_kept()
    {
        Written written = _runspace.Run($"$x = 1; Measure-GuestDowntime {{ $x = 2; 'done' }} {Probe()}; $x");

        Assert.Empty(written.Errors);
        GuestDowntime measured = Assert.IsType<GuestDowntime>(written.Output[0]);
        Assert.Equal((GuestDowntimeBasis.Tcp, true, "done"), (measured.Basis, measured.Recovered, Assert.Single(measured.Output)));
        Assert.Equal(2, written.Output[1]);
    }

    [Fact]
    public void The_output_is_returned_on_request()
    {
        Written written = _runspace.Run($"Measure-GuestDowntime {{ 'one'; 2 }} -PassThru {Probe()}");

        Assert.Equal(["one", 2], written.Output.Take(2));
        Assert.IsType<GuestDowntime>(written.Output[2]);
    }

    [Fact]
    public void An_error_of_the_block_is_the_callers()
    {
        Assert.Equal("no", Assert.ThrowsAny<RuntimeException>(() => _runspace.Run($"Measure-GuestDowntime {{ throw 'no' }} {Probe()}")).Message);
    }

    [Fact]
    public void Cmdlets_of_ours_run_within_it() =>
        Assert.Equal("a", Assert.IsType<GuestDowntime>(Assert.Single(
            _runspace.Run($"Measure-GuestDowntime {{ Connect-MigrationHost a }} {Probe()}").Output)).Output.Single().ToString());

    [Fact]
    public async Task A_stop_ends_the_block_and_the_measurement()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _runspace.Runspace.SessionStateProxy.SetVariable("started", started);
        using PowerShell shell = _runspace.Shell().AddScript(
            $"Measure-GuestDowntime {{ $started.SetResult(); while ($true) {{ }} }} {Probe()}");
        Task run = shell.InvokeAsync();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await shell.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(30));

        _ = await Task.WhenAny(run).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void Who_does_not_answer_is_not_measured_and_nothing_is_done()
    {
        int port = ((IPEndPoint)_guest.LocalEndpoint).Port;
        _guest.Stop();

        Written written = _runspace.Run($"$global:ran = $false; Measure-GuestDowntime {{ $global:ran = $true }} -Address 127.0.0.1 -Port {port}");

        Assert.Equal(["HeartbeatMissing"], written.ErrorIds);
        Assert.DoesNotContain("-Address NAME", written.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal([false], _runspace.Run("$global:ran").Output);
    }

    [Fact]
    public void A_guest_whose_console_tells_nothing_is_an_error()
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a; Measure-GuestDowntime { } web");

        Assert.Equal(["HeartbeatMissing"], written.ErrorIds);
        Assert.Contains("/var/log/xen/console/guest-web.log", written.Errors[0].Exception.Message);
    }

    [Fact]
    public void A_guest_that_no_host_has_is_told_of_so() =>
        Assert.Equal(["GuestNotFound"], _runspace.Run("$null = Connect-MigrationHost a; Measure-GuestDowntime { } nosuch").ErrorIds);

    public void Dispose()
    {
        _guest.Dispose();
        _runspace.Dispose();
    }

    private string Probe() => $"-Address 127.0.0.1 -Port {((IPEndPoint)_guest.LocalEndpoint).Port} -Interval 0.02";
}
