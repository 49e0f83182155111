namespace XenMigrate.Tests;

public class XendCommandTests
{
    private readonly FakeShell _shell = new FakeShell("a").Answers("xm*", "").Answers("chmod*", "").Answers("touch*", "");
    private readonly XendToolstack _xend;

    public XendCommandTests() => _xend = new XendToolstack(_shell, Timing.Real);

    [Fact]
    public async Task Guests_go_by_their_id()
    {
        await _xend.CreateAsync("/etc/xen/web", paused: false, CancellationToken.None);
        await _xend.CreateAsync("/etc/xen/web", paused: true, CancellationToken.None);
        await _xend.PauseAsync(5, CancellationToken.None);
        await _xend.UnpauseAsync(5, CancellationToken.None);
        await _xend.ShutDownAsync(5, CancellationToken.None);
        await _xend.DestroyAsync(5, CancellationToken.None);
        await _xend.RenameAsync(5, "it's", CancellationToken.None);

        Assert.Equal(
            [
                "xm create /etc/xen/web", "xm create -p /etc/xen/web", "xm pause 5", "xm unpause 5", "xm shutdown 5", "xm destroy 5",
                @"xm rename 5 'it'\''s'",
            ],
            _shell.Commands);
    }

    [Fact]
    public async Task An_image_is_private_before_a_byte_is_in_it()
    {
        await _xend.SaveAsync(5, "/x.save", SaveMode.Destroy, null, CancellationToken.None);
        await _xend.SaveAsync(5, "/x.save", SaveMode.KeepRunning, null, CancellationToken.None);

        Assert.Equal(
            [
                "touch -- /x.save", "chmod 600 -- /x.save", "xm save 5 /x.save",
                "touch -- /x.save", "chmod 600 -- /x.save", "xm save -c 5 /x.save",
            ],
            _shell.Commands);
    }

    [Theory]
    [InlineData(false, "xm save 5 /x.save", "xm save -f 5 /x.save")]
    [InlineData(true, "xm save -c 5 /x.save", "xm save -c -f 5 /x.save")]
    public async Task An_xend_that_writes_into_no_file_that_is_there_is_told_to(bool keepRunning, string first, string second)
    {
        _shell.Fails(first, "Error: Save file:/x.save exist!\n");

        await _xend.SaveAsync(
            5, "/x.save", keepRunning ? SaveMode.KeepRunning : SaveMode.Destroy, null, CancellationToken.None);

        Assert.Equal([first, second], _shell.Commands.Where(command => command.StartsWith("xm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_save_that_fails_otherwise_is_not_tried_again()
    {
        _shell.Fails("xm save*", "Error: /usr/lib64/xen/bin/xc_save 22 5 0 0 0 failed");

        await Assert.ThrowsAsync<RemoteCommandFailedException>(() =>
            _xend.SaveAsync(5, "/x.save", SaveMode.Destroy, null, CancellationToken.None));

        Assert.Single(_shell.Commands, command => command.StartsWith("xm save", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_is_restored_with_its_own_configuration_only()
    {
        await _xend.RestoreAsync("/x.save", null, paused: false, null, CancellationToken.None);
        await _xend.RestoreAsync("/x.save", null, paused: true, null, CancellationToken.None);

        Assert.Equal(["xm restore /x.save", "xm restore -p /x.save"], _shell.Commands);
        await Assert.ThrowsAsync<NotSupportedByToolstackException>(() =>
            _xend.RestoreAsync("/x.save", "/x.cfg", paused: false, null, CancellationToken.None));
    }

    [Fact]
    public async Task What_xend_can_not_do_is_refused_before_anything_is_touched()
    {
        await Assert.ThrowsAsync<NotSupportedByToolstackException>(() =>
            _xend.SaveAsync(5, "/x.save", SaveMode.KeepPaused, null, CancellationToken.None));

        Assert.Empty(_shell.Commands);
    }

    [Fact]
    public async Task A_command_that_fails_is_told()
    {
        _shell.Fails("xm pause*", "Error: Domain '5' does not exist.");

        RemoteCommandFailedException e = await Assert.ThrowsAsync<RemoteCommandFailedException>(() =>
            _xend.PauseAsync(5, CancellationToken.None));

        Assert.Contains("does not exist", e.Message, StringComparison.Ordinal);
    }
}
