namespace XenMigrate.Embedded.Commands;

/// <summary>service xend start, stop, restart or status.</summary>
internal sealed class ServiceProgram(XendDaemon xend, HostProfile own)
{
    public void AddTo(ProgramTable table) => table.Add("service", Run);

    private int Run(Invocation call)
    {
        switch (call.Arguments)
        {
            case ["xend", "start"]:
                return Outcome(call, "Starting xend daemon", xend.Start());
            case ["xend", "stop"]:
                xend.Stop();
                return Outcome(call, "Stopping xend daemon", true);
            case ["xend", "restart" or "reload"]:
                xend.Stop();
                return Outcome(call, "restart xend", xend.Start());
            case ["xend", "status"]:
                call.WriteLine(xend.IsRunning ? $"xend daemon running (pid {own.XendProcess})" : "xend daemon is stopped");
                return xend.IsRunning ? 0 : 3;
            case ["xend", ..]:
                call.WriteLine("Usage: /etc/init.d/xend {start|stop|status|restart|reload|force-reload}");
                return 1;
            case [string other, ..]:
                return call.Fail($"{other}: unrecognized service");
            default:
                return call.Fail("Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]");
        }
    }

    private static int Outcome(Invocation call, string what, bool succeeded)
    {
        call.WriteLine($"{what + ":",-60}[{(succeeded ? "  OK  " : "FAILED")}]");
        return succeeded ? 0 : 1;
    }
}
