namespace XenMigrate.Embedded.Tests.Pair;

public class ConcurrencyTests
{
    [Fact]
    public async Task Guests_cross_while_others_look_on()
    {
        using TestPair pair = new("one", "two", "three", "four");
        Assert.Equal(0, (await pair.On08("xm migrate --live three et-virt07")).ExitCode);
        Assert.Equal(0, (await pair.On08("xm migrate --live four et-virt07")).ExitCode);

        Task<CommandResult>[] moves =
        [
            pair.On08("xm migrate --live one et-virt07"),
            pair.On07("xm migrate --live three et-virt08"),
            pair.On08("xm migrate two et-virt07"),
            pair.On07("xm migrate --live four et-virt08"),
        ];
        CommandResult[] looks = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            pair.RunAsync(i % 2 == 0 ? "et-virt07" : "et-virt08", i % 4 < 2 ? "xm list" : "xm list --long")));
        CommandResult[] moved = await Task.WhenAll(moves);

        Assert.All(looks, look => Assert.Equal((0, ""), (look.ExitCode, look.Error)));
        Assert.All(moved, move => Assert.Equal(new CommandResult(0, "", ""), move));
        Assert.Equal(["one", "two"], pair.Virt07.Hypervisor.Domains.Select(domain => domain.Guest.Name).Order());
        Assert.Equal(["four", "three"], pair.Virt08.Hypervisor.Domains.Select(domain => domain.Guest.Name).Order());
        Assert.Equal(4096 - 512 - 16, pair.Virt07.Hypervisor.FreeMB);
    }

    [Fact]
    public async Task Of_two_moves_of_one_guest_one_is_refused()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(8_000_000);

        CommandResult[] results = await Task.WhenAll(
            pair.On08("xm migrate --live 1 et-virt07"), pair.On08("xm migrate --live 1 et-virt07"));

        Assert.Equal([0, 1], results.Select(result => result.ExitCode).Order());
        Assert.Single(pair.Virt07.Hypervisor.Domains);
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
    }

    [Fact]
    public async Task The_end_of_the_pair_ends_everything_and_leaves_no_file()
    {
        TestPair pair = new("guest", "saved");
        Assert.Equal(0, (await pair.On08("xm save saved /var/lib/libvirt/images/saved")).ExitCode);
        string file = ((FileStream)pair.Virt08.Files.Content("/var/lib/libvirt/images/saved").Open()).Name;
        pair.Virt07.Faults.SlowLink(1_000_000);
        Task<CommandResult> moving = pair.On08("xm migrate --live guest et-virt07");
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);
        Assert.True(File.Exists(file));

        pair.Dispose();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
        _ = Assert.Throws<HostUnreachableException>(() => pair.Shell("et-virt08"));
    }

    [Fact]
    public async Task The_chapters_guests_are_there_from_the_start()
    {
        using EmbeddedPair pair = EmbeddedPair.Start();
        using IHostShell shell = await new EmbeddedConnector(pair).ConnectAsync(new HostConnection("et-virt08"), default);

        string list = await ChapterTests.Output(shell.RunAsync(new RemoteCommand("xm", "list"), default));

        Assert.Matches(@"(?m)^testvm1 +1 +256 +1 +-b---- ", list);
        Assert.Matches(@"(?m)^testvm2 +2 +256 +1 +r----- ", list);
        _ = await Assert.ThrowsAsync<HostUnreachableException>(
            () => new EmbeddedConnector(pair).ConnectAsync(new HostConnection("et-virt09"), default));
    }
}
