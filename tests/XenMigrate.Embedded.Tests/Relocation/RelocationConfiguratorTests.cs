namespace XenMigrate.Embedded.Tests.Relocation;

/// <summary>The configuration of an embedded host, edited as that of a real one.</summary>
public class RelocationConfiguratorTests
{
    [Fact]
    public async Task Who_is_not_allowed_is_refused_and_who_is_allowed_gets_in()
    {
        using TestPair pair = new("guest");
        RelocationConfigurator configurator = Configurator(pair);

        await SetAsync(configurator, new RelocationSettings { HostsAllow = RelocationPattern.Exact("192.0.2.99") });
        CommandResult refused = await pair.On08("xm migrate --live guest et-virt07");
        await SetAsync(configurator, new RelocationSettings { HostsAllow = RelocationPattern.Exact("10.0.0.8") });
        CommandResult allowed = await pair.On08("xm migrate --live guest et-virt07");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal(new CommandResult(0, "", ""), allowed);
        Assert.Contains("Rejected connection from 10.0.0.8", (await pair.On07("cat /var/log/xen/xend.log")).Output);
    }

    [Fact]
    public async Task Only_one_line_changes_and_the_old_file_stays()
    {
        using TestPair pair = new();
        string before = pair.Virt07.Files.ReadText(XendConfiguration.Path);
        RelocationConfigurator configurator = Configurator(pair);

        RelocationConfiguration written = await SetAsync(configurator, new RelocationSettings { Port = 9002 });

        Assert.Equal(before.Replace("port 8002", "port 9002"), pair.Virt07.Files.ReadText(XendConfiguration.Path));
        Assert.Equal(before, pair.Virt07.Files.ReadText(written.BackupPath!));
        Assert.Equal(9002, pair.Virt07.Xend.ListensOn);
    }

    [Fact]
    public async Task A_file_that_changed_since_the_plan_is_left_alone()
    {
        using TestPair pair = new();
        RelocationConfigurator configurator = Configurator(pair);
        RelocationPlan plan = await configurator.PlanAsync(new RelocationSettings { Port = 9002 }, default);
        pair.Virt07.Files.Append(XendConfiguration.Path, "# mine\n");

        await Assert.ThrowsAsync<ConfigurationWriteFailedException>(() => configurator.WriteAsync(plan, default));

        Assert.EndsWith("# mine\n", pair.Virt07.Files.ReadText(XendConfiguration.Path));
    }

    private static async Task<RelocationConfiguration> SetAsync(RelocationConfigurator configurator, RelocationSettings settings)
    {
        RelocationPlan plan = await configurator.PlanAsync(settings, default);
        RelocationConfiguration written = await configurator.WriteAsync(plan, default);
        await configurator.RestartAsync(written, default);
        return written;
    }

    private static RelocationConfigurator Configurator(TestPair pair)
    {
        IHostShell shell = pair.Shell("et-virt07");
        return new RelocationConfigurator(
            new HostSession(
                shell,
                new XendToolstack(shell, Timing.Real),
                new HostInformation("3.1.2", 4096, 1024, null, null, "", TimeSpan.Zero),
                DateTimeOffset.UnixEpoch),
            Timing.Real);
    }
}
