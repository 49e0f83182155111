using System.Diagnostics;

namespace XenMigrate.Tests;

/// <summary>The scripts that look at the transport and end it, on real processes.</summary>
public class XlTransportTests
{
    [PosixFact]
    public async Task What_a_process_writes_is_counted_until_it_ends()
    {
        using Process writer = LocalShell.Start("exec dd bs=65536 2>/dev/null");
        using Process watch = LocalShell.Start(XlTransport.Watch(writer.Id).ToString());
        Task drain = writer.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

        long first = long.Parse((await watch.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await writer.StandardInput.BaseStream.WriteAsync(new byte[1 << 20]);
        await writer.StandardInput.BaseStream.FlushAsync();
        long later = first;
        while (later < first + (1 << 20))
        {
            later = long.Parse((await watch.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }

        writer.StandardInput.Close();
        await writer.WaitForExitAsync();
        await watch.WaitForExitAsync();
        await drain;

        Assert.Equal(first + (1 << 20), later);
        Assert.Equal(0, watch.ExitCode);
    }

    [PosixFact]
    public async Task A_process_that_is_gone_is_watched_no_more()
    {
        CommandResult result = await LocalShell.RunAsync(XlTransport.Watch(await GoneAsync()));

        Assert.Equal(("", ""), (result.Output, result.Error));
    }

    [PosixFact]
    public async Task A_process_that_is_called_ssh_is_ended()
    {
        using TemporaryFolder folder = new();
        File.Copy("/bin/sleep", Path.Combine(folder.Path, "ssh"));
        using Process ssh = LocalShell.Start($"exec {folder.Path}/ssh 60");
        await NamedAsync(ssh, "ssh");

        CommandResult result = await LocalShell.RunAsync(XlTransport.End(ssh.Id));
        await ssh.WaitForExitAsync();

        Assert.Equal((0, 143), (result.ExitCode, ssh.ExitCode));
    }

    [PosixFact]
    public async Task A_process_that_is_called_otherwise_is_left_alone()
    {
        using Process other = LocalShell.Start("exec sleep 60");
        await NamedAsync(other, "sleep");

        CommandResult result = await LocalShell.RunAsync(XlTransport.End(other.Id));
        CommandResult alive = await LocalShell.RunAsync(RemoteProcess.IsAlive(other.Id));
        other.Kill();

        Assert.NotEqual(0, result.ExitCode);
        Assert.True(alive.Succeeded);
    }

    [PosixFact]
    public async Task A_process_that_is_gone_can_not_be_ended_and_is_not_alive()
    {
        int gone = await GoneAsync();

        Assert.False((await LocalShell.RunAsync(XlTransport.End(gone))).Succeeded);
        Assert.False((await LocalShell.RunAsync(RemoteProcess.IsAlive(gone))).Succeeded);
    }

    private static async Task<int> GoneAsync()
    {
        using Process process = LocalShell.Start("exit 0");
        await process.WaitForExitAsync();
        return process.Id;
    }

    /// <summary>Until exec has given the process its new name.</summary>
    private static async Task NamedAsync(Process process, string name)
    {
        while ((await File.ReadAllTextAsync($"/proc/{process.Id}/comm")).Trim() != name)
        {
            await Task.Yield();
        }
    }
}
