namespace XenMigrate.Tests;

public class XlGuestsTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
        + "Domain-0                                     0   400     1     r-----      74.8\n";
    private const string Uuid = "b164eace-15c0-4f26-8922-786e23f5bb4b";

    [Fact]
    public async Task Two_real_tables_become_guests_in_one_execution()
    {
        FakeShell shell = new FakeShell("a")
            .Answers("xl list", Fixture.Text("xl-list.4.17.txt"))
            .Answers("xl list -l", Fixture.Text("xl-list-l.4.17.txt"));

        IReadOnlyList<Guest> guests = await new XlToolstack(shell, Timing.Real).ListAsync(CancellationToken.None);

        Assert.Single(shell.Executions);
        Assert.Equal(["Domain-0", "testvm2", "testvm1"], guests.Select(guest => guest.Name));
        Assert.True(guests[0].IsControlDomain);
        Assert.False(guests[0].Migratable);
        Assert.True(guests[2] is { Id: 2, MemoryMB: 96, State: GuestState.Blocked, Type: GuestType.PV, Migratable: true, ComputerName: "a" });
    }

    [Fact]
    public void A_guest_that_the_json_leaves_out_is_there_all_the_same()
    {
        Guest guest = Assert.Single(Read("web                 7   128     2     -b----       4.4", "[]"));

        Assert.Equal(("web", (Guid?)null, 128, 2), (guest.Name, guest.Uuid, guest.MaximumMemoryMB, guest.MaximumVCpu));
        Assert.Equal(["xl has no stored configuration of it."], guest.NotMigratableReason);
    }

    [Theory]
    [InlineData("web--incoming", GuestState.Incoming)]
    [InlineData("web--migratedaway", GuestState.MigratedAway)]
    public void A_guest_under_way_has_the_tables_name_and_does_what_the_table_says(string name, GuestState state)
    {
        Guest guest = Assert.Single(Read(
            $"{name}       7   128     2     --p---       4.4", $$"""[{"domid":7,"config":{"c_info":{"name":"web","uuid":"{{Uuid}}"} } }]"""));

        Assert.Equal((name, state, GuestState.Paused), (guest.Name, guest.State, guest.Activity));
        Assert.Equal(new Guid(Uuid), guest.Uuid);
    }

    [Fact]
    public void Spaces_at_the_end_of_a_name_are_kept() => Assert.Equal(
        "web  ",
        Assert.Single(Read("web         7   128     2     -b----       4.4", """[{"domid":7,"config":{"c_info":{"name":"web  "}}}]""")).Name);

    [Theory]
    [InlineData("""{"pcidevs":[{"dev":29}]}""", "devices of its host: pci 0000:00:1d.0")]
    [InlineData("""{"b_info":{"disable_migrate":"True"}}""", "nomigrate")]
    [InlineData("""{"b_info":{"vnuma_nodes":[{}]}}""", "virtual NUMA")]
    public void What_rules_out_a_move_is_said(string config, string reason) => Assert.Contains(
        reason,
        Assert.Single(Assert.Single(Read(
            "web     7   128     2     -b----       4.4", $$"""[{"domid":7,"config":{{config}}}]""")).NotMigratableReason),
        StringComparison.Ordinal);

    [Fact]
    public void Details_that_fail_leave_the_table() =>
        Assert.Single(Ask(new CommandResult(0, Header + "web  7 128 2 -b---- 4.4\n", ""), new CommandResult(1, "", "gone")));

    [Theory]
    [InlineData("Name                                        ID   Mem VCPUs\tState\tTime(s)\n")]
    [InlineData("Name                                        ID   Mem VCPUs\tState\tTime(s)\nweb  7 128 2 -b---- 4.4\n")]
    public void A_table_without_the_control_domain_has_lost_its_rows(string table)
    {
        CommandResult[] results = [new(0, table, ""), new(0, "[]", "")];

        _ = Assert.Throws<OutputNotUnderstoodException>(() => XlGuests.Question("a").Read(results));
        _ = Assert.Throws<OutputNotUnderstoodException>(() => XlGuests.ListStates("a").Read(results[..1]));
    }

    [Theory]
    [InlineData("""[{"domid":7}]""")]
    [InlineData("""[{"domid":7,"config":null}]""")]
    [InlineData("""[{"domid":7,"config":{"disks":[],"nics":[]}}]""")]
    public void A_guest_of_whose_configuration_parts_are_missing_is_not_described(string json) =>
        Assert.False(Assert.Single(Read("web     7   128     2     -b----       4.4", json)).IsDescribed);

    [Theory]
    [InlineData(127, "sh: xl: not found", typeof(ToolstackNotFoundException))]
    [InlineData(1, "cannot init xl context", typeof(PrivilegeRequiredException))]
    [InlineData(1, "xencall: error: Could not obtain handle on privileged command interface: Permission denied", typeof(PrivilegeRequiredException))]
    [InlineData(1, "boom", typeof(RemoteCommandFailedException))]
    public void A_table_that_fails_says_what_to_do(int exitCode, string error, Type exception) => Assert.IsType(
        exception,
        Record.Exception(() => Ask(new CommandResult(exitCode, "", error), new CommandResult(0, "[]", ""))));

    private static IReadOnlyList<Guest> Read(string row, string json) =>
        Ask(new CommandResult(0, Header + row + "\n", ""), new CommandResult(0, json, ""));

    private static IReadOnlyList<Guest> Ask(CommandResult table, CommandResult details) =>
        [.. XlGuests.Question("a").Read([table, details]).Where(guest => !guest.IsControlDomain)];
}
