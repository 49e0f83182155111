namespace XenMigrate.Tests;

public class XlResumeTests
{
    [Fact]
    public void An_xl_with_a_command_for_it_is_given_that() => Assert.Equal(
        "xl resume 5",
        XlResume.Parse("Usage xl [-vfNtT] <subcommand> [args]\n\n save       Save a domain\n resume     Resume a domain\n").Command(5).ToString());

    [Fact]
    public void An_older_one_is_made_to_fail_a_save() => Assert.Equal(
        "env 'LIBXL_SAVE_HELPER=/bin/false' xl save -c 5 /dev/null",
        XlResume.Parse("Usage xl [-vfNtT] <subcommand> [args]\n\n save       Save a domain\n restore    Restore a domain\n").Command(5).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sh: 1: xl: not found\n")]
    public void What_lists_no_commands_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => XlResume.Parse(output));
}
