using System.Diagnostics;

namespace XenMigrate.Tests;

public class XcRestoreTests
{
    [Theory]
    [InlineData("/usr/lib64/xen/bin/xc_restore 4 11 1 2 0 0 0 0", 11)]
    [InlineData("/usr/lib/xen/bin/xc_restore 23 7 1 2 1 1 1", 7)]
    [InlineData("/usr/lib/xen/bin/xc_save 4 11 0 0 1", null)]
    [InlineData("grep xc_restore 4 11", null)]
    public void The_process_tells_which_guest_it_takes_in(string words, int? guest) => Assert.Equal(guest, XcRestore.Guest(words));

    [PosixFact]
    public async Task The_process_of_one_guest_is_ended_and_no_other()
    {
        // Nobody else's, who may run the same test.
        int guest = 100_000 + (2 * Environment.ProcessId);
        using Process waits = Start($"exec -a /usr/lib/xen/bin/xc_restore sleep 600 {guest} 1 2");
        using Process another = Start($"exec -a /usr/lib/xen/bin/xc_restore sleep 600 {guest + 1} 1 2");

        try
        {
            CommandResult result = await LocalShell.RunAsync(XcRestore.End(guest));

            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.True(waits.WaitForExit(10_000));
            Assert.False(another.HasExited);
        }
        finally
        {
            waits.Kill();
            another.Kill();
        }
    }

    [PosixFact]
    public async Task A_process_that_works_still_is_not_ended()
    {
        using Process works = Start("exec -a /usr/lib/xen/bin/xc_restore yes 4 32103 > /dev/null");

        CommandResult result = await LocalShell.RunAsync(XcRestore.End(32103));
        bool goesOn = !works.HasExited;
        works.Kill();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is at work on domain 32103 still", result.Error, StringComparison.Ordinal);
        Assert.True(goesOn);
    }

    [PosixFact]
    public async Task Without_such_a_process_nothing_is_ended()
    {
        CommandResult result = await LocalShell.RunAsync(XcRestore.End(32104));

        Assert.Equal((1, "no single xc_restore is at work on domain 32104\n"), (result.ExitCode, result.Error));
    }

    private static Process Start(string line)
    {
        Process process = Process.Start("bash", ["-c", line]);
        Assert.True(SpinWait.SpinUntil(() => !process.HasExited && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("xc_restore", StringComparison.Ordinal), 10_000));
        return process;
    }
}
