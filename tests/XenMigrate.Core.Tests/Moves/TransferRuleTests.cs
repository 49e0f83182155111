namespace XenMigrate.Tests;

/// <summary>Which live moves of xl's obey limits, and what is said of those that can't.</summary>
public class TransferRuleTests
{
    private static readonly PreCopyOptions s_wishes = new() { MaximumDowntime = TimeSpan.FromSeconds(1) };

    private readonly SimulatedPair _pair = new();

    [Fact(Timeout = 20000)]
    public async Task Without_helpers_xl_goes_by_its_own_rule()
    {
        MigrationPlan plan = await PlanAsync(null);

        Assert.Equal((null, null, null), (plan.PreCopy, plan.Helpers, plan.Warning));
    }

    [Fact(Timeout = 20000)]
    public async Task With_helpers_on_both_hosts_it_obeys_what_is_usual_and_the_stream_is_framed()
    {
        _pair.Source.Helpers = _pair.Destination.Helpers = Helpers.Ready();

        MigrationPlan plan = await PlanAsync(null);

        Assert.Equal(new PreCopyOptions(), plan.PreCopy);
        Assert.Equal(new HelperPair(Helpers.Path, Helpers.Path), plan.Helpers);
        Assert.Null(plan.Warning);
        Assert.Empty(_pair.Changes);
    }

    [Fact(Timeout = 20000)]
    public async Task What_such_guests_stood_still_for_before_is_told_to_the_helper_and_a_pause_that_is_shorter_is_refused()
    {
        _pair.Source.Helpers = Helpers.Ready();
        DowntimeParts past = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.8));

        MigrationPlan plan = await PlanAsync(s_wishes, options => options with { PastDowntime = past });
        Assert.Equal("downtime=1,fallback=abort,suspension=0.1,start=0.8", plan.PreCopy!.ToString());

        past = past with { Start = TimeSpan.FromSeconds(0.9) };
        DowntimeTooShortException e = await Assert.ThrowsAsync<DowntimeTooShortException>(() => PlanAsync(s_wishes, options => options with { PastDowntime = past }));
        Assert.Contains("1.0 s to suspend and start the guest alone", e.Message, StringComparison.Ordinal);

        plan = await PlanAsync(s_wishes with { OfflineFallback = true }, options => options with { PastDowntime = past });
        Assert.Equal(past.Fixed, plan.PreCopy!.Fixed.Fixed);
    }

    [Fact(Timeout = 20000)]
    public async Task A_helper_on_the_source_alone_obeys_too_and_sends_as_xens_own_does()
    {
        _pair.Source.Helpers = Helpers.Ready();

        MigrationPlan plan = await PlanAsync(s_wishes);

        Assert.Equal((s_wishes, new HelperPair(Helpers.Path, null)), (plan.PreCopy, plan.Helpers));
    }

    [Fact(Timeout = 20000)]
    public async Task A_move_that_is_not_live_needs_no_helper()
    {
        _pair.Source.Helpers = _pair.Destination.Helpers = Helpers.Ready();

        MigrationPlan plan = await PlanAsync(null, options => options with { Live = false });

        Assert.Equal((null, null), (plan.PreCopy, plan.Helpers));
    }

    [Fact(Timeout = 20000)]
    public async Task A_time_limit_after_which_it_shall_go_offline_is_the_helpers_to_keep()
    {
        _pair.Source.Helpers = Helpers.Ready();

        MigrationPlan plan = await PlanAsync(
            s_wishes with { OfflineFallback = true }, options => options with { Timeout = TimeSpan.FromMinutes(2) });

        Assert.Equal(TimeSpan.FromMinutes(2), plan.PreCopy!.TimeLimit);
    }

    [Fact(Timeout = 20000)]
    public async Task Wishes_without_a_helper_are_refused_and_the_advice_installs_it() =>
        await IsRefusedAsync(s_wishes, "a", "Install-MigrationHelper a");

    [Fact(Timeout = 20000)]
    public async Task Wishes_and_no_helper_wanted_are_refused()
    {
        _pair.Source.Helpers = Helpers.Ready();

        await IsRefusedAsync(s_wishes, "a", "Leave -NoHelper out", options => options with { Helper = null });
    }

    [Fact(Timeout = 20000)]
    public async Task A_helper_of_another_version_is_not_used_and_warned_of()
    {
        _pair.Source.Helpers = Helpers.Ready("0.0.9");

        MigrationPlan plan = await PlanAsync(null);

        Assert.Null(plan.Helpers);
        Assert.Contains("The save helper of a is Outdated", plan.Warning, StringComparison.Ordinal);
        Assert.Contains("Install-MigrationHelper a", plan.Warning, StringComparison.Ordinal);
        await IsRefusedAsync(s_wishes, "a", "is Outdated");
    }

    [Fact(Timeout = 20000)]
    public async Task An_outdated_helper_of_the_destinations_is_warned_of_and_the_stream_is_plain()
    {
        _pair.Source.Helpers = Helpers.Ready();
        _pair.Destination.Helpers = Helpers.Ready("0.0.9");

        MigrationPlan plan = await PlanAsync(s_wishes);

        Assert.Equal(new HelperPair(Helpers.Path, null), plan.Helpers);
        Assert.Contains("The save helper of b is Outdated", plan.Warning, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task What_the_destination_could_not_unpack_is_not_packed()
    {
        _pair.Source.Helpers = Helpers.Ready();

        await IsRefusedAsync(s_wishes with { Compression = StreamCompression.ZeroPages }, "b", "Install-MigrationHelper b");
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_without_zstd_is_named_with_its_package()
    {
        _pair.Source.Helpers = Helpers.Ready();
        _pair.Destination.Helpers = Helpers.Ready().Replace("\"zstd\":true", "\"zstd\":false", StringComparison.Ordinal);

        await IsRefusedAsync(s_wishes with { Compression = StreamCompression.Zstd }, "b", "libzstd1");
        Assert.NotNull((await PlanAsync(s_wishes with { Compression = StreamCompression.ZeroPages })).Helpers!.Destination);
    }

    [Fact(Timeout = 20000)]
    public async Task An_unusable_helper_is_refused_with_its_reason()
    {
        _pair.Source.Helpers = Helpers.Ready().Replace(
            Helpers.Probe, """{"version":"0.1.0","usable":false,"why":"it runs on Xen 4.14 to 4.22"}""", StringComparison.Ordinal);

        await IsRefusedAsync(s_wishes, "a", "it runs on Xen 4.14 to 4.22");
    }

    [Fact]
    public void A_guest_of_libvirts_obeys_where_its_daemon_was_given_the_helper()
    {
        TransferRule rule = OfLibvirts(Helpers.Path, new MigrationOptions { Live = true, PreCopy = s_wishes, Helper = Helpers.Package });

        Assert.Equal((s_wishes, new HelperPair(Helpers.Path, null)), (rule.Options, rule.Helpers));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/usr/local/bin/another")]
    public void Elsewhere_it_moves_by_xens_rule_and_wishes_are_refused(string? daemon)
    {
        MigrationOptions options = new() { Live = true, Helper = Helpers.Package };

        Assert.Equal(new TransferRule(Options: null), OfLibvirts(daemon, options));
        NotSupportedByToolstackException e = Assert.Throws<NotSupportedByToolstackException>(
            () => OfLibvirts(daemon, options with { PreCopy = s_wishes }));
        Assert.Contains("Give libvirt's daemon XenMigrate's save helper", e.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StreamCompression.Zstd, false, "-Compression")]
    [InlineData(StreamCompression.None, true, "-EnforceDowntime")]
    public void What_libvirt_sends_is_not_packed_and_its_pauses_are_not_taken_back(StreamCompression compression, bool enforce, string request)
    {
        PreCopyOptions requested = s_wishes with { Compression = compression, EnforceDowntime = enforce };

        NotSupportedByToolstackException e = Assert.Throws<NotSupportedByToolstackException>(
            () => OfLibvirts(Helpers.Path, new MigrationOptions { Live = true, Helper = Helpers.Package, PreCopy = requested }));

        Assert.Equal($"Leave {request} out.", e.Advice);
    }

    [Fact]
    public void A_guest_that_does_not_go_by_ssh_is_refused_where_only_that_will_do()
    {
        NotSupportedByToolstackException e = Assert.Throws<NotSupportedByToolstackException>(() => TransferRule.Of(
            Facts.Good, A.Guest() with { Toolstack = ToolstackKind.Libvirt }, new MigrationOptions { Live = true, OnlyBySsh = true }));

        Assert.Contains("virsh", e.Message, StringComparison.Ordinal);
        Assert.Null(TransferRule.Of(Facts.Good, A.Guest(), new MigrationOptions { Live = true, OnlyBySsh = true }).Options);
    }

    [Theory]
    [InlineData(true, StreamCompression.None, false)]
    [InlineData(false, StreamCompression.Zstd, false)]
    [InlineData(false, StreamCompression.None, true)]
    public void A_transfer_that_obeys_by_itself_is_not_asked_for_what_only_helpers_do(
        bool enforce, StreamCompression compression, bool throttle)
    {
        Answer<XenInformation> xen = Facts.Good.Source.Xen;
        PreCopyOptions requested = new() { EnforceDowntime = enforce, Compression = compression, Throttle = throttle };

        _ = Assert.Throws<NotSupportedByToolstackException>(() => TransferRule.Of(
            Facts.AtSource(host => host with { Xen = xen with { Value = xen.Value! with { Capabilities = [PreCopyOptions.Capability] } } }),
            A.Guest() with { Toolstack = ToolstackKind.Xend },
            new MigrationOptions { Live = true, PreCopy = requested }));
    }

    private static TransferRule OfLibvirts(string? daemon, MigrationOptions options) => TransferRule.Of(
        Facts.AtSource(host => host with
        {
            Helpers = Facts.Known("a", HelperAnswer.Parse(new RemoteCommand("look"), HelperFolder.Usual, Helpers.Ready(daemon: daemon))),
        }),
        A.Guest() with { Toolstack = ToolstackKind.Libvirt },
        options);

    private async Task IsRefusedAsync(
        PreCopyOptions requested, string host, string advice, Func<MigrationOptions, MigrationOptions>? change = null)
    {
        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() => PlanAsync(requested, change));

        Assert.Equal(host, e.Host);
        Assert.Contains(advice, e.Advice, StringComparison.Ordinal);
        Assert.Empty(_pair.Changes);
    }

    private Task<MigrationPlan> PlanAsync(PreCopyOptions? requested, Func<MigrationOptions, MigrationOptions>? change = null)
    {
        MigrationOptions options = new() { Live = true, PreCopy = requested, Helper = Helpers.Package };
        return MigrationPlanner.PlanAsync(
            A.Host(_pair.Source),
            A.Host(_pair.Destination),
            Facts.Guest,
            change?.Invoke(options) ?? options,
            _pair.Timing.Timing,
            CancellationToken.None);
    }
}
