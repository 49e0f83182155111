namespace XenMigrate.Tests;

/// <summary>What hosts of all ages say of themselves.</summary>
public class MachineFactsTests
{
    private static readonly CommandResult s_missing = new(127, "", "sh: not found");

    [Theory]
    [InlineData("Leap status     : Normal\n", true)]
    [InlineData("Leap status     : Insert second\n", true)]
    [InlineData("Leap status     : Not synchronised\n", false)]
    public void Chrony_tells_by_the_leap_status(string line, bool synchronised)
    {
        TimeSynchronisation? time = Synchronisation(new(0, "Reference ID    : 0A000001 ()\nStratum         : 3\n" + line, ""), s_missing, s_missing, s_missing);

        Assert.Equal(synchronised, time!.IsSynchronised);
    }

    [Theory]
    [InlineData(0, "synchronised to NTP server (10.16.71.254) at stratum 3 \n   time correct to within 37 ms\n", true)]
    [InlineData(1, "unsynchronised\n  time server re-starting\n   polling server every 64 s\n", false)]
    public void Ntpstat_tells_by_its_exit_code(int exitCode, string output, bool synchronised) =>
        Assert.Equal(synchronised, Synchronisation(s_missing, new(exitCode, output, ""), s_missing, s_missing)!.IsSynchronised);

    [Theory]
    [InlineData("               Local time: Mon 2026-11-23 08:00:00 UTC\nSystem clock synchronized: yes\n              NTP service: active\n", true)]
    [InlineData("System clock synchronized: no\n", false)]
    [InlineData("     NTP enabled: yes\nNTP synchronized: no\n", false)]
    public void Systemd_knows_the_kernels_word(string output, bool synchronised) =>
        Assert.Equal(synchronised, Synchronisation(s_missing, s_missing, s_missing, new(0, output, ""))!.IsSynchronised);

    [Fact]
    public void A_daemon_that_does_not_run_leaves_it_to_the_next() => Assert.False(Synchronisation(
        new(1, "506 Cannot talk to daemon\n", ""),
        new(2, "", "Unable to talk to NTP daemon. Is it running?"),
        new(1, "", ""),
        new(0, "System clock synchronized: no\n", ""))!.IsSynchronised);

    [Fact]
    public void A_host_with_none_of_them_tells_nothing() =>
        Assert.Throws<RemoteCommandFailedException>(() => Synchronisation(s_missing, s_missing, s_missing, s_missing));

    [Fact]
    public void Noise_is_no_answer() => Assert.Throws<RemoteCommandFailedException>(
        () => Synchronisation(new(0, "\0\0\0", ""), new(0, "ok", ""), new(0, "***Request timed out", ""), new(0, "yes", "")));

    [Fact]
    public void Uptime_is_the_first_number() =>
        Assert.Equal(TimeSpan.FromSeconds(86400.12), Uptime.Parse("86400.12 80000.00\n").Value);

    [Theory]
    [InlineData("")]
    [InlineData("up 3 days")]
    [InlineData("-5 1")]
    [InlineData("1e400 1")]
    public void What_is_no_uptime_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Uptime.Parse(output));

    [Fact]
    public void A_processor_is_read_with_the_blanks_in_its_name() => Assert.Equal(
        new Processor("GenuineIntel", "Intel(R) Xeon(R) CPU            5130  @ 2.00GHz", 1995.005),
        Processor.Parse("vendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) CPU            5130  @ 2.00GHz\ncpu MHz\t\t: 1995.005\n"));

    [Theory]
    [InlineData("")]
    [InlineData("processor: 0\n")]
    [InlineData("vendor_id:\n")]
    public void A_processor_without_a_maker_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Processor.Parse(output));

    [Theory]
    [InlineData("Red Hat Enterprise Linux Server release 5 (Tikanga)", "5.0")]
    [InlineData("Red Hat Enterprise Linux Server release 5.11 (Tikanga)", "5.11")]
    [InlineData("Red Hat Enterprise Linux AS release 4 (Nahant Update 8)", "4.0")]
    [InlineData("CentOS release 5.2 (Final)", "5.2")]
    [InlineData("CentOS Linux release 7.9.2009 (Core)", "7.9")]
    [InlineData("Fedora release 8 (Werewolf)", null)]
    public void Only_enterprise_linux_has_a_release_that_matters(string text, string? version) =>
        Assert.Equal(version, SystemRelease.Parse("x86_64", text + "\n").EnterpriseLinux?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Last login: today\nCentOS release 5.2 (Final)")]
    [InlineData("Willkommen")]
    public void A_file_that_names_no_release_is_not_understood(string text) =>
        Assert.Throws<OutputNotUnderstoodException>(() => SystemRelease.Parse("x86_64", text));

    [Fact]
    public void A_host_without_the_file_is_another_system() => Assert.Null(SystemRelease.Question("a").Read(
        [new(0, "x86_64\n", ""), new(1, "", "cat: /etc/redhat-release: No such file or directory")]).Text);

    [Fact]
    public void A_file_that_can_not_be_read_leaves_it_open() => Assert.Throws<RemoteCommandFailedException>(() => SystemRelease.Question("a").Read(
        [new(0, "x86_64\n", ""), new(1, "", "cat: /etc/redhat-release: Permission denied")]));

    [Theory]
    [InlineData(12 * 24 * 3600 + 3 * 3600, "12 days 3 h")]
    [InlineData(16083, "4 h 28 min")]
    [InlineData(-16083, "4 h 28 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(1.25, "1.25 s")]
    [InlineData(0.0123, "0.012 s")]
    [InlineData(0, "0 s")]
    public void Times_are_told_in_the_units_that_matter(double seconds, string words) =>
        Assert.Equal(words, Durations.Words(TimeSpan.FromSeconds(seconds)));

    private static TimeSynchronisation? Synchronisation(params CommandResult[] results) =>
        TimeSynchronisation.Question("a").Read(results);
}
