namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Links, sessions and hosts of the embedded pair are lost in the middle of moves.</summary>
public class LostHostTests
{
    private const string LiveMove = "xm migrate --live guest et-virt07";

    [Fact]
    public async Task Wherever_the_link_is_cut_one_copy_runs()
    {
        using TestPair pair = new();
        Random random = new(20261123);
        for (int i = 0; i < 20; i++)
        {
            pair.Pair.Reset();
            _ = pair.Add("guest", megabytes: 2, extra: "dirty=1 working-set=1");
            pair.Virt07.Faults.CutLinkAfter(random.Next(1_600_000));

            CommandResult result = await pair.On08(LiveMove);

            TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count + pair.Virt08.Hypervisor.Domains.Count == 1);
            EmbeddedHost host = result.ExitCode == 0 ? pair.Virt07 : pair.Virt08;
            Domain guest = Guest(host);
            TestPair.Until(() => guest.State == "r-----" && guest.BusyWith is null);
            Assert.Equal("guest", guest.Guest.Name);
            host.Domains.Destroy("guest");
        }
    }

    [Fact]
    public async Task A_broken_session_does_not_stop_the_move()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(8_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt08.DropConnections();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        TestPair.Until(() => pair.Virt08.Hypervisor.Domains.Count == 0);
        Assert.Equal("-b----", Guest(pair.Virt07).State);
    }

    [Fact]
    public async Task A_destination_that_loses_power_leaves_the_guest_at_the_source()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt07.PowerOff();

        Assert.Equal(1, (await moving).ExitCode);
        Assert.Equal(("guest", "-b----"), (Guest(pair.Virt08).Guest.Name, Guest(pair.Virt08).State));
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0);
    }

    [Fact]
    public async Task A_source_that_loses_power_leaves_nothing_half_built()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt08.PowerOff();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0 && pair.Virt08.Hypervisor.Domains.Count == 0);
    }

    [Fact]
    public void A_guest_that_arrives_as_its_host_loses_power_is_lost_with_it()
    {
        using TestPair pair = new("guest");
        EmbeddedGuest guest = Guest(pair.Virt08).Guest;
        IncomingGuests incoming = new(pair.Virt07.Dom0);
        EmbeddedGuest arrived = incoming.Reserve(new IncomingGuest(
            new DomainIdentity(guest.Name, guest.Uuid, guest.Description), guest.Memory.Pages, guest.Cpu.Registers));
        pair.Virt07.PowerOff();

        incoming.Activate(arrived, paused: false);

        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.False(arrived.Running);
    }

    private static Domain Guest(EmbeddedHost host) => Assert.Single(host.Hypervisor.Domains);
}
