namespace XenMigrate.Tests.Transfers;

public class SharedConnectionTests
{
    private static readonly Guid s_token = new("0123456789abcdef0123456789abcdef");

    [Fact]
    public void The_connection_that_the_source_tells_of_is_taken_off_what_was_written()
    {
        (string output, SharedConnection? connection) = SharedConnection.Take($"welcome\nxenmigrate-connection /run/xenmigrate/ssh-{s_token:N} 4711\n", s_token);

        Assert.Equal("welcome\n", output);
        Assert.Equal(new SharedConnection($"/run/xenmigrate/ssh-{s_token:N}", 4711), connection);
    }

    [Theory]
    [InlineData("xenmigrate-connection /usr/sbin/sshd 1\n")]
    [InlineData("xenmigrate-connection /run/xenmigrate/ssh-00000000000000000000000000000000 1\n")]
    [InlineData("xenmigrate-connection /run/xenmigrate/ssh-0123456789abcdef0123456789abcdef 1\nand more\n")]
    [InlineData("")]
    public void What_a_destination_writes_names_no_process_to_be_ended(string written) =>
        Assert.Equal((written, null), SharedConnection.Take(written, s_token));
}
