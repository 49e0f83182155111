namespace XenMigrate.Embedded.Commands;

/// <summary>The scripts that guard acts on guests and keep leases of them, as a real host's shell would run them.</summary>
internal sealed class GuardProgram(LeaseBook leases, Machine machine, Hypervisor hypervisor)
{
    public void AddTo(ProgramTable table)
    {
        table.AddScript(LeaseCommands.Name, call => Say(call, leases.Run(call.Words)!));
        table.AddLongScript(GuardedAct.Name, call => ActAsync(call, table));
    }

    private async Task<int> ActAsync(Invocation call, ProgramTable table)
    {
        Expectation expected = GuardedAct.Expected(call.Words);
        if (leases.Refuse(expected) is { } refused)
        {
            return Say(call, refused);
        }

        if (Mismatch(expected) is { } found)
        {
            return call.Fail("xenmigrate-found " + found, GuardedAct.Refused);
        }

        RemoteCommand act = GuardedAct.Act(call.Script!);
        Action<int>? ended = expected.Lasts ? leases.Begin(expected, act.ToString()) : null;
        int exitCode = -1;
        try
        {
            exitCode = await table.RunAsync(call.Of(act)).ConfigureAwait(false);
            if (exitCode == 0)
            {
                leases.Done(expected);
            }
        }
        finally
        {
            ended?.Invoke(exitCode);
        }

        return exitCode;
    }

    private static int Say(Invocation call, CommandResult result)
    {
        foreach (string line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            call.WriteLine(line);
        }

        return result.Succeeded ? 0 : call.Fail(result.Error.TrimEnd('\n'), result.ExitCode);
    }

    private string? Mismatch(Expectation expected)
    {
        if (expected.BootId is { } boot && boot != machine.BootId.ToString())
        {
            return "the host was booted again";
        }

        if (expected.Id is not { } id)
        {
            return hypervisor.Domains.FirstOrDefault(one => one.Guest.Uuid == expected.Uuid) is { } there
                ? $"one is there: {there.Id} {there.Guest.Name}"
                : null;
        }

        Domain? domain = hypervisor.Domains.FirstOrDefault(one => one.Id == id);
        return domain is null ? $"no guest with id {id}"
            : expected.Uuid is { } uuid && uuid != domain.Guest.Uuid ? $"another guest: {domain.Guest.Name}, uuid {domain.Guest.Uuid}"
            : expected.Name is { } name && name != domain.Guest.Name ? $"its name is {domain.Guest.Name}"
            : !expected.States.Split(' ').Contains(Word(domain), StringComparer.Ordinal) ? $"it is {Word(domain)}"
            : null;
    }

    private static string Word(Domain domain) => domain.IsSuspended ? "suspended"
        : domain.State.Length < 6 ? "running"
        : domain.State[5] == 'd' ? "dying"
        : domain.State[4] == 'c' ? "crashed"
        : domain.State[3] == 's' ? "shutdown"
        : domain.State[2] == 'p' ? "paused"
        : "running";
}
