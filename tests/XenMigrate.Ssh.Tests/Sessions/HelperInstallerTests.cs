namespace XenMigrate.Ssh.Tests;

public sealed class HelperInstallerTests : IDisposable
{
    private const string Sftp = "Subsystem sftp internal-sftp";

    private const string Willing =
        """
        #!/bin/sh
        echo '{"version":"0.1.0","xen":"4.17","usable":true,"why":null,"stock":"/usr/lib/xen-4.17/bin/libxl-save-helper","zstd":true}'
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SshClientSide _user = new();

    private HelperFolder There => new(_folder.File("lib/xenmigrate"));

    [SshdFact]
    public async Task What_is_installed_is_whole_and_for_its_owner_alone_and_ready()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperPackage package = Package(Willing);
        HelperInstaller installer = new(shell, package, There);

        Assert.Equal(MigrationHelperState.Absent, (await installer.LookAsync(CancellationToken.None)).State);
        MigrationHelper helper = await installer.InstallAsync(CancellationToken.None);

        Assert.Equal((MigrationHelperState.Ready, null), (helper.State, helper.Why));
        Assert.Equal(("4.17", true, "/usr/lib/xen-4.17/bin/libxl-save-helper"), (helper.Xen, helper.Zstd, helper.StockHelper));
        Assert.Equal(There.ProgramOf(package.Name!), helper.Path);
        Assert.Equal(Willing, File.ReadAllText(helper.Path!));
        Assert.All(
            new[] { There.Root, There.Helpers, There.Of(package.Name!), helper.Path! },
            path => Assert.Equal("700", Programs.Run("stat", "-c", "%a", path).Trim()));
        Assert.Equal([helper.Path!], Directory.GetFiles(There.Of(package.Name!)));
    }

    [SshdFact]
    public async Task It_can_be_installed_again_over_one_that_was_damaged()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperInstaller installer = new(shell, Package(Willing), There);
        string path = (await installer.InstallAsync(CancellationToken.None)).Path!;
        File.AppendAllText(path, "\n# changed");

        MigrationHelper damaged = await installer.LookAsync(CancellationToken.None);
        MigrationHelper mended = await installer.InstallAsync(CancellationToken.None);

        Assert.Equal((MigrationHelperState.Damaged, MigrationHelperState.Ready), (damaged.State, mended.State));
        Assert.Contains("checksum", damaged.Why, StringComparison.Ordinal);
    }

    [SshdFact]
    public async Task What_arrives_with_another_checksum_gets_no_name()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperPackage package = Package(Willing) with { Sha256 = new string('a', 64) };

        HelperChangeFailedException e = await Assert.ThrowsAsync<HelperChangeFailedException>(
            () => new HelperInstaller(shell, package, There).InstallAsync(CancellationToken.None));

        Assert.Contains("checksum", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(There.Of(package.Name!)));
    }

    [SshdFact]
    public async Task A_folder_that_others_may_write_to_is_refused_and_its_programs_are_not_run()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperInstaller installer = new(shell, Package($"#!/bin/sh\ntouch {_folder.File("was-run")}\n"), There);
        _ = await installer.InstallAsync(CancellationToken.None);
        File.Delete(_folder.File("was-run"));
        Programs.Run("chmod", "777", There.Helpers);

        MigrationHelper helper = await installer.LookAsync(CancellationToken.None);
        HelperChangeFailedException e = await Assert.ThrowsAsync<HelperChangeFailedException>(
            () => installer.InstallAsync(CancellationToken.None));

        Assert.Equal(MigrationHelperState.Unusable, helper.State);
        Assert.Contains("mode 777", helper.Why, StringComparison.Ordinal);
        Assert.Contains($"others may write to {There.Helpers}", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("was-run")));
    }

    [SshdFact]
    public async Task A_folder_above_that_everybody_may_write_to_is_refused()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        Programs.Run("chmod", "777", _folder.File("lib"));

        HelperChangeFailedException e = await Assert.ThrowsAsync<HelperChangeFailedException>(
            () => new HelperInstaller(shell, Package(Willing), There).InstallAsync(CancellationToken.None));

        Assert.Contains($"everybody may write to {_folder.File("lib")}", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(There.Root));
    }

    [SshdFact]
    public async Task A_link_in_place_of_our_folder_is_neither_followed_nor_removed()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperInstaller installer = new(shell, Package(Willing), There);
        Directory.CreateDirectory(_folder.File("elsewhere/helper"));
        File.CreateSymbolicLink(There.Root, _folder.File("elsewhere"));

        _ = await Assert.ThrowsAsync<HelperChangeFailedException>(() => installer.InstallAsync(CancellationToken.None));
        _ = await Assert.ThrowsAsync<HelperChangeFailedException>(() => installer.UninstallAsync(CancellationToken.None));

        Assert.Equal(MigrationHelperState.Unusable, (await installer.LookAsync(CancellationToken.None)).State);
        Assert.True(Directory.Exists(_folder.File("elsewhere/helper")));
    }

    [SshdFact]
    public async Task It_is_taken_away_with_its_folders_and_that_twice()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperInstaller installer = new(shell, Package(Willing), There);
        _ = await installer.InstallAsync(CancellationToken.None);

        await installer.UninstallAsync(CancellationToken.None);
        await installer.UninstallAsync(CancellationToken.None);

        Assert.False(Directory.Exists(There.Root));
        Assert.True(Directory.Exists(_folder.File("lib")));
    }

    [SshdFact]
    public async Task One_that_is_at_work_is_not_taken_away()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        string copy = _folder.File("sleep");
        File.Copy("/bin/sleep", copy);
        HelperInstaller installer = new(shell, HelperPackage.Read(copy), There);
        string path = (await installer.InstallAsync(CancellationToken.None)).Path!;
        using System.Diagnostics.Process work = Programs.Start(path, "60");

        _ = await Assert.ThrowsAsync<HelperInUseException>(() => installer.UninstallAsync(CancellationToken.None));
        work.Kill();
        await work.WaitForExitAsync();
        await installer.UninstallAsync(CancellationToken.None);

        Assert.False(Directory.Exists(There.Root));
    }

    [SshdFact]
    public async Task One_that_a_daemon_relies_on_is_not_taken_away()
    {
        HelperInUseException e = await Assert.ThrowsAsync<HelperInUseException>(() => UninstallWhileRunsAsync("libvirtd"));

        Assert.StartsWith("libvirtd on ", e.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(There.Root));
    }

    [SshdFact]
    public async Task An_xl_that_watches_the_guest_that_it_received_keeps_none()
    {
        await UninstallWhileRunsAsync("xl");

        Assert.False(Directory.Exists(There.Root));
    }

    /// <summary>While a program of that name runs that was told to start the helper.</summary>
    private async Task UninstallWhileRunsAsync(string name)
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperInstaller installer = new(shell, Package(Willing), There);
        string helper = (await installer.InstallAsync(CancellationToken.None)).Path!;
        string folder = Directory.CreateTempSubdirectory("program-").FullName;
        string program = Path.Combine(folder, name);
        File.Copy("/bin/sleep", program);
        System.Diagnostics.ProcessStartInfo start = new(program, ["60"]) { Environment = { ["LIBXL_SAVE_HELPER"] = helper } };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        try
        {
            await installer.UninstallAsync(CancellationToken.None);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [SshdFact]
    public async Task One_that_can_not_work_there_says_why()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperPackage package = Package(
            """
            #!/bin/sh
            echo '{"version":"0.1.0","xen":"4.4","usable":false,"why":"Xen 4.4 is not one it knows","stock":"","zstd":false}'
            """);

        MigrationHelper helper = await new HelperInstaller(shell, package, There).InstallAsync(CancellationToken.None);

        Assert.Equal((MigrationHelperState.Unusable, "Xen 4.4 is not one it knows"), (helper.State, helper.Why));
    }

    [SshdFact]
    public async Task One_that_fails_is_quoted()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        HelperPackage package = Package("#!/bin/sh\necho 'libxenctrl.so: cannot open' >&2\nexit 127\n");

        MigrationHelper helper = await new HelperInstaller(shell, package, There).InstallAsync(CancellationToken.None);

        Assert.Equal((MigrationHelperState.Unusable, "it said: libxenctrl.so: cannot open"), (helper.State, helper.Why));
    }

    [SshdFact]
    public async Task A_host_without_sftp_is_as_it_was_and_the_advice_names_it()
    {
        using SshServer server = await ServerAsync("");
        using IHostShell shell = await _user.ConnectAsync(server);

        HelperChangeFailedException e = await Assert.ThrowsAsync<HelperChangeFailedException>(
            () => new HelperInstaller(shell, Package(Willing), There).InstallAsync(CancellationToken.None));

        Assert.Contains("sftp", e.Advice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(There.Root, "*", SearchOption.AllDirectories));
    }

    [SshdFact]
    public async Task A_file_arrives_byte_for_byte_and_never_over_another()
    {
        using SshServer server = await ServerAsync();
        using IHostShell shell = await _user.ConnectAsync(server);
        byte[] bytes = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 % 251))];
        string path = _folder.File("big");

        await shell.UploadAsync(new MemoryStream(bytes), path, CancellationToken.None);
        _ = await Assert.ThrowsAsync<HelperChangeFailedException>(
            () => shell.UploadAsync(new MemoryStream([1]), path, CancellationToken.None));

        Assert.True(bytes.SequenceEqual(File.ReadAllBytes(path)));
    }

    public void Dispose()
    {
        _user.Dispose();
        _folder.Dispose();
    }

    private async Task<SshServer> ServerAsync(string options = Sftp)
    {
        SshServer server = await SshServer.StartAsync(options);
        _user.Meet(server);
        Directory.CreateDirectory(_folder.File("lib"));
        return server;
    }

    private HelperPackage Package(string program) => HelperPackage.Read(
        _folder.Write("helper-" + program.Length.ToString(CultureInfo.InvariantCulture), program));
}
