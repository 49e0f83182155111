namespace XenMigrate.Tests;

/// <summary>Hosts on which libvirt has some of the guests.</summary>
public class ToolstackCheckTests
{
    private static readonly Guest s_libvirts = Facts.Guest with { Toolstack = ToolstackKind.Libvirt };

    [Fact]
    public void A_guest_of_libvirts_moves_between_hosts_that_both_have_it()
    {
        CheckResult result = Evaluate("XM-VER-01", Pair(s_libvirts, here: ToolstackKind.Libvirt, there: ToolstackKind.Libvirt));

        Assert.Equal(CheckStatus.Passed, result.Status);
    }

    [Fact]
    public void A_guest_of_libvirts_does_not_move_to_a_host_that_has_xl_alone()
    {
        CheckResult result = Evaluate("XM-VER-01", Pair(s_libvirts, here: ToolstackKind.Libvirt, there: null));

        Assert.Equal((CheckStatus.Failed, "NotSupportedByToolstack"), (result.Status, result.ErrorId));
        Assert.Contains("mixed pair: web is libvirt's on a, and b has Xl alone", result.Message, StringComparison.Ordinal);
        Assert.Contains("Connect-MigrationHost a -Toolstack Xl", result.Remediation, StringComparison.Ordinal);
        Assert.NotNull(result.Evidence);
    }

    [Fact]
    public void A_guest_of_xls_that_libvirt_has_defined_over_there_is_warned_of()
    {
        Guest defined = s_libvirts with { Id = null, State = GuestState.ShutDown };
        PairFacts pair = Pair(Facts.Guest, here: null, there: ToolstackKind.Libvirt);
        pair = pair with { Destination = pair.Destination with { Guests = Facts.Known<IReadOnlyList<Guest>>("b", [defined]) } };

        CheckResult result = Evaluate("XM-VER-01", pair);

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains("web is xl's on a, and libvirt on b has a definition of it", result.Message, StringComparison.Ordinal);
        Assert.Contains($"undefine {A.Uuid}", result.Remediation, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Passed, Evaluate("XM-NAM-01", pair).Status);
    }

    [Fact]
    public void Hosts_whose_sessions_prefer_different_tools_have_both_tools()
    {
        PairFacts pair = Pair(Facts.Guest, here: ToolstackKind.Libvirt, there: ToolstackKind.Libvirt);
        pair = pair with { Destination = pair.Destination with { Toolstack = ToolstackKind.Libvirt, AlternativeToolstack = ToolstackKind.Xl } };

        Assert.Equal(CheckStatus.Passed, Evaluate("XM-VER-01", pair).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Guests_of_libvirts_go_by_ssh_live_or_not_and_need_no_xl_there(bool live)
    {
        PairFacts pair = Pair(s_libvirts, here: ToolstackKind.Libvirt, there: ToolstackKind.Libvirt) with
        {
            Ssh = Facts.Known("a", new SshProbe(0, "", "boot-b", null, "")),
        };

        Assert.Equal(CheckStatus.Passed, Evaluate("XM-CON-02", pair, live).Status);
        Assert.Equal(CheckStatus.Passed, Evaluate("XM-CON-03", pair, live).Status);
        Assert.Equal(CheckStatus.Skipped, Evaluate("XM-REL-01", pair, live).Status);
    }

    [Fact]
    public void A_guest_of_libvirts_with_that_name_is_stopped_and_not_renamed()
    {
        PairFacts pair = Facts.AtDestination(host => host with
        {
            Guests = Facts.Known<IReadOnlyList<Guest>>("b", [s_libvirts with { Id = 7, Uuid = Guid.NewGuid() }]),
        });

        Assert.Contains("virsh shutdown 7", Evaluate("XM-NAM-01", pair).Remediation, StringComparison.Ordinal);
    }

    private static PairFacts Pair(Guest guest, ToolstackKind? here, ToolstackKind? there) => Facts.Good with
    {
        Source = Facts.Good.Source with { AlternativeToolstack = here, Guests = Facts.Known<IReadOnlyList<Guest>>("a", [guest]) },
        Destination = Facts.Good.Destination with { AlternativeToolstack = there },
        Moving = [guest],
    };

    private static CheckResult Evaluate(string id, PairFacts pair, bool live = true)
    {
        Moving moving = new(live);
        return CheckRunner.Examine(pair, moving, CheckSelection.Everything)
            .Concat(CheckRunner.Examine(pair, pair.Current(Facts.Guest)!, moving, CheckSelection.Everything))
            .Single(result => result.Id == id);
    }
}
