namespace XenMigrate.Tests;

/// <summary>What a host prints, and what is made of it; XenMigrate.Ssh.Tests has the script itself run.</summary>
public class HelperQuestionTests
{
    private static readonly string s_sum = Helpers.Digest + new string('0', 52);

    private readonly HelperPackage _package = new("/module/helper", "0.1.0", s_sum);

    [Fact]
    public void A_host_without_our_folder_has_none() =>
        Assert.Equal((MigrationHelperState.Absent, null, null), Seen("user: 0\n"));

    [Fact]
    public void One_as_it_should_be_is_ready()
    {
        MigrationHelper helper = Evaluate(Helpers.Ready());

        Assert.Equal((MigrationHelperState.Ready, "0.1.0", null), (helper.State, helper.Version, helper.Why));
        Assert.Equal(("4.17", true, "/usr/lib/stock"), (helper.Xen, helper.Zstd, helper.StockHelper));
        Assert.Equal($"/var/lib/xenmigrate/helper/0.1.0-{Helpers.Digest}/xenmigrate-save-helper", helper.Path);
    }

    [Fact]
    public void One_of_another_version_is_outdated() =>
        Assert.Equal((MigrationHelperState.Outdated, "0.0.9"), Version(Helpers.Ready("0.0.9")));

    [Fact]
    public void One_of_another_build_is_outdated_where_the_module_has_its_own() => Assert.Equal(
        (MigrationHelperState.Outdated, "0.1.0"),
        Version(Helpers.Ready(), _package with { Sha256 = new string('f', 64) }));

    [Fact]
    public void A_module_without_a_program_takes_any_of_its_version() =>
        Assert.Equal((MigrationHelperState.Ready, "0.1.0"), Version(Helpers.Ready(), _package with { Sha256 = null }));

    [Fact]
    public void The_one_that_fits_counts_however_many_there_are() => Assert.Equal(
        (MigrationHelperState.Ready, "0.1.0"),
        Version(Helpers.Ready("0.0.9") + Helpers.One() + Helpers.One("0.2.0")));

    [Theory]
    [InlineData("sum: ", MigrationHelperState.Damaged, "missing")]
    [InlineData("sum: 9999999999999999999999999999999999999999999999999999999999999999  -", MigrationHelperState.Damaged, "checksum")]
    public void One_that_is_not_what_was_installed_is_damaged(string sum, object state, string why) =>
        IsWith((MigrationHelperState)state, why, Helpers.Ready().Replace($"sum: {s_sum}  -", sum, StringComparison.Ordinal));

    [Theory]
    [InlineData("0 700 directory|/var/lib/xenmigrate\n", "1000 700 directory|/var/lib/xenmigrate\n", "belongs to user 1000")]
    [InlineData("0 700 directory|/var/lib/xenmigrate/helper\n", "0 777 directory|/var/lib/xenmigrate/helper\n", "mode 777")]
    [InlineData("0 700 directory|/var/lib/xenmigrate/helper\n", "0 777 symbolic link|/var/lib/xenmigrate/helper\n", "symbolic link")]
    [InlineData("0 700 regular file|", "0 775 regular file|", "mode 775")]
    public void One_that_others_could_have_changed_is_unusable(string safe, string unsafely, string why) =>
        IsWith(MigrationHelperState.Unusable, why, Helpers.Ready().Replace(safe, unsafely, StringComparison.Ordinal));

    [Theory]
    [InlineData("{\"version\":\"0.1.0\",\"xen\":\"4.4\",\"usable\":false,\"why\":\"Xen 4.4 is too old\"}", "Xen 4.4 is too old")]
    [InlineData("sh: timeout: not found", "it said: sh: timeout: not found")]
    [InlineData("{\"version\":1}", "it said: {")]
    [InlineData("[]", "it said: []")]
    [InlineData("", "it said nothing")]
    public void One_that_does_not_say_that_it_can_work_is_unusable(string said, string why) =>
        IsWith(MigrationHelperState.Unusable, why, Helpers.Ready().Replace(Helpers.Probe, said, StringComparison.Ordinal));

    [Fact]
    public void One_that_others_could_only_read_is_ready() => Assert.Equal(
        MigrationHelperState.Ready, Evaluate(Helpers.Ready().Replace("0 700 ", "0 755 ", StringComparison.Ordinal)).State);

    [Fact]
    public void One_that_libvirts_daemon_was_started_with_is_known_to_be()
    {
        Assert.True(Evaluate(Helpers.Ready(daemon: Helpers.Path)).IsGivenToLibvirt);
        Assert.False(Evaluate(Helpers.Ready(daemon: "/usr/local/bin/another")).IsGivenToLibvirt);
        Assert.False(Evaluate(Helpers.Ready()).IsGivenToLibvirt);
    }

    [Fact]
    public void What_is_in_a_folder_of_another_name_is_nobodys() =>
        Assert.Equal(MigrationHelperState.Absent, Evaluate(Helpers.Ready().Replace("/0.1.0-", "/backup-", StringComparison.Ordinal)).State);

    [Theory]
    [InlineData("")]
    [InlineData("Permission denied\n")]
    [InlineData("user: 0\nsomething\n")]
    [InlineData("user: 0\npath: 0 700 directory|/var/lib/xenmigrate\npath: 0 700 directory|/var/lib/xenmigrate/helper\npath: 0 700 directory|/x/0.1.0-0123456789ab\n")]
    public void Anything_else_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Evaluate(output));

    private void IsWith(MigrationHelperState state, string why, string output)
    {
        MigrationHelper helper = Evaluate(output);

        Assert.Equal(state, helper.State);
        Assert.Contains(why, helper.Why, StringComparison.Ordinal);
    }

    private (MigrationHelperState, string?, string?) Seen(string output) =>
        Evaluate(output) is { } helper ? (helper.State, helper.Version, helper.Path) : default;

    private (MigrationHelperState, string?) Version(string output, HelperPackage? package = null) =>
        Evaluate(output, package) is { } helper ? (helper.State, helper.Version) : default;

    private MigrationHelper Evaluate(string output, HelperPackage? package = null) =>
        HelperAnswer.Parse(new RemoteCommand("look"), HelperFolder.Usual, output).Evaluate("a", package ?? _package);
}
