namespace XenMigrate.Tests;

/// <summary>What a file proves of shared storage that one host writes and the other reads.</summary>
public class StorageTokenTests
{
    [Fact]
    public void Without_consent_nothing_is_written_and_the_check_says_how_to_give_it()
    {
        CheckResult result = Result("XM-STO-03", Facts.Good with { Tokens = null });

        Assert.Equal(CheckStatus.Skipped, result.Status);
        Assert.Contains("-IncludeWriteTest", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_without_files_needs_no_token() => Assert.Equal(
        CheckStatus.Skipped, Result("XM-STO-03", Facts.Good, Facts.Guest.WithDisk("/dev/vg/web")).Status);

    [Fact]
    public void A_folder_that_was_not_tried_stays_open() => Assert.Equal(
        CheckStatus.Unknown, Result("XM-STO-03", Facts.Good, Facts.Guest.WithDisk("/other/web.img")).Status);

    [Fact]
    public void A_token_proves_what_names_of_servers_leave_open()
    {
        PairFacts pair = Facts.Disks(
            Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs("a:/")) with
        { Tokens = null };

        Assert.Equal(CheckStatus.Unknown, Result("XM-STO-02", pair).Status);
        Assert.Equal(CheckStatus.Passed, Result("XM-STO-02", pair with { Tokens = Facts.Tokens(Facts.RoundTrip()) }).Status);
    }

    [Theory]
    [InlineData("cat: Permission denied")]
    [InlineData("cat: Stale file handle")]
    public void A_token_that_the_other_host_can_not_read_proves_nothing(string error)
    {
        CheckResult result = Result("XM-STO-03", Facts.Good with
        {
            Tokens = Facts.Tokens(Facts.RoundTrip(read: Facts.Known("b", new CommandResult(1, "", error)))),
        });

        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Contains(error, result.Message, StringComparison.Ordinal);
    }

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
