namespace XenMigrate.Tests;

/// <summary>A host that has xl and libvirt: whose is which guest.</summary>
public class LibvirtGuestsTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";
    private const string Uuid = "b164eace-15c0-4f26-8922-786e23f5bb4b";

    private static readonly string s_table = Header
        + "Domain-0                                     0   640     1     r-----     271.2\n"
        + "web                                          5   128     1     -b----       4.4\n"
        + "db                                           6    96     2     --p---       1.0\n";

    private static readonly string s_json =
        $$"""[{"domid":5,"config":{"c_info":{"name":"web","uuid":"{{Uuid}}","type":"pv"} } },{"domid":6,"config":{"c_info":{"name":"db","type":"pv"} } }]""";

    [Fact]
    public async Task A_host_with_both_is_listed_in_one_execution()
    {
        FakeShell shell = Host(Domain("web", id: 5));

        _ = await LibvirtToolstack.First(shell, Timing.Real).ListAsync(CancellationToken.None);

        Assert.Single(shell.Executions);
    }

    [Fact]
    public async Task Each_guest_is_there_once_and_has_its_own_toolstack()
    {
        IReadOnlyList<Guest> guests = await ListAsync(Host(Domain("Domain-0", id: 0) + Domain("web", id: 5)));

        Assert.Equal(
            [("Domain-0", ToolstackKind.Xl), ("web", ToolstackKind.Libvirt), ("db", ToolstackKind.Xl)],
            guests.Select(guest => (guest.Name, guest.Toolstack)));
    }

    [Fact]
    public async Task What_a_guest_does_is_as_xl_sees_it()
    {
        FakeShell shell = Host("running\n" + Domain("web", id: 5)).Answers("xl list", s_table.Replace("-b----", "---ss-"));

        Assert.Equal(GuestState.Suspended, (await ListAsync(shell)).Single(guest => guest.Name == "web").State);
    }

    [Fact]
    public async Task A_guest_that_xl_can_not_describe_is_described_by_libvirt()
    {
        FakeShell shell = Host(Domain("web", id: 5, "<devices><disk><source file='/images/web.img'/><target dev='xvda'/></disk></devices>"))
            .Answers("xl list -l", "[]");

        Guest web = (await ListAsync(shell)).Single(guest => guest.Name == "web");

        Assert.True(web.IsDescribed);
        Assert.Equal(new Guid(Uuid), web.Uuid);
        Assert.Equal("/images/web.img", Assert.Single(web.Disk).Path);
        Assert.Empty(web.NotMigratableReason);
    }

    [Fact]
    public async Task Devices_of_the_host_rule_out_a_move_whoever_tells_of_them()
    {
        FakeShell shell = Host(Domain("web", id: 5, "<devices><hostdev type='pci'/></devices>"));

        Guest web = (await ListAsync(shell)).Single(guest => guest.Name == "web");

        Assert.Equal(["It has devices of its host: pci."], web.NotMigratableReason);
        Assert.Equal(["pci"], web.PassthroughDevice);
    }

    [Fact]
    public async Task A_guest_that_libvirt_only_defines_has_no_id()
    {
        Guest idle = (await ListAsync(Host("shut off\n" + Domain("idle", id: null)))).Single(guest => guest.Name == "idle");

        Assert.Equal((null, GuestState.ShutDown, ToolstackKind.Libvirt), (idle.Id, idle.State, idle.Toolstack));
        Assert.False(idle.Migratable);
    }

    [Fact]
    public async Task A_guest_of_another_uuid_under_the_same_id_is_not_libvirts()
    {
        FakeShell shell = Host(Domain("web", id: 5).Replace(Uuid, Guid.NewGuid().ToString()));

        Assert.All(await ListAsync(shell), guest => Assert.Equal(ToolstackKind.Xl, guest.Toolstack));
    }

    [Fact]
    public async Task Guests_that_ended_between_the_looks_are_left_out() =>
        Assert.DoesNotContain(await ListAsync(Host(Domain("gone", id: 99))), guest => guest.Name == "gone");

    [Fact]
    public async Task A_libvirt_that_has_guests_and_does_not_answer_leaves_open_whose_they_are()
    {
        FakeShell shell = Host("").Fails("sh -c*", "error: failed to connect to the hypervisor");

        ToolstackNotFoundException e = await Assert.ThrowsAsync<ToolstackNotFoundException>(() => ListAsync(shell));

        Assert.Contains("-Toolstack Xl", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_move_only_xl_is_asked()
    {
        FakeShell shell = Host("").Fails("sh -c*", "error: failed to connect to the hypervisor").Answers("xl list -v", Fixture.Text("xl-list-v.4.17.txt"));

        Assert.NotEmpty(await LibvirtToolstack.AlternativeToXl(shell, Timing.Real).ListStatesAsync(CancellationToken.None));
        Assert.NotEmpty(await LibvirtToolstack.First(shell, Timing.Real).ListStatesAsync(CancellationToken.None));
    }

    private static Task<IReadOnlyList<Guest>> ListAsync(FakeShell shell) =>
        LibvirtToolstack.AlternativeToXl(shell, Timing.Real).ListAsync(CancellationToken.None);

    private static FakeShell Host(string domains) => new FakeShell("a")
        .Answers("xl list", s_table)
        .Answers("xl list -l", s_json)
        .Answers("sh -c*", domains);

    private static string Domain(string name, int? id, string content = "") =>
        $"<domain type='xen'{(id is null ? "" : $" id='{id}'")}><name>{name}</name><uuid>{Uuid}</uuid><os><type>linux</type></os>{content}</domain>\n";
}
