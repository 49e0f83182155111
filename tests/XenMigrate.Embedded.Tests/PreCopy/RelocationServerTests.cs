namespace XenMigrate.Tests.PreCopy;

public class RelocationServerTests
{
    [Fact]
    public async Task A_peer_that_is_not_admitted_gets_nothing()
    {
        using FakeDestination destination = new();
        using RelocationServer server = new(destination, _ => false);

        Assert.Equal("", await Say(server, "help\n"));
    }

    [Fact]
    public async Task A_move_from_a_peer_that_is_not_admitted_leaves_the_guest_where_it_is()
    {
        using Move move = new(64, GuestWorkload.Idle);
        move.Admits = _ => false;
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.Equal((1, 0), (move.Running, move.Destination.Reserved));
    }

    [Theory]
    [InlineData("help\nquit\n", "(ok (help quit receive))\n")]
    [InlineData("(help)\n\n(quit)\n", "(ok (help quit receive))\n")]
    [InlineData("quit\nhelp\n", "")]
    [InlineData("receive\n", "(ready receive)\n(err (type XendError) (value 'the connection ended in the middle of a transfer'))\n")]
    [InlineData("dance\nquit\n", "(err (type XendError) (value 'Invalid operation: dance'))\n")]
    [InlineData("it's\r\nquit\n", "(err (type XendError) (value 'Invalid operation: it\\'s'))\n")]
    [InlineData("receive\nLinuxGuestRecord", "(ready receive)\n(err (type XendError) (value 'not a valid guest state: this is no pre-copy stream of version 1'))\n")]
    [InlineData("hel", "")]
    public async Task The_dialogue_is_xends(string said, string answered)
    {
        using FakeDestination destination = new();
        using RelocationServer server = new(destination, _ => true);

        Assert.Equal(answered, await Say(server, said));
    }

    [Fact]
    public void What_never_came_is_not_here()
    {
        using FakeDestination destination = new();
        using RelocationServer server = new(destination, _ => true);

        Assert.False(server.Settle(Guid.NewGuid()));
    }

    [Fact]
    public async Task What_goes_wrong_in_the_middle_is_told_too()
    {
        using RecordedStream stream = new(new Random(1), 16);
        using FakeDestination destination = new();
        using RelocationServer server = new(destination, _ => true);

        // The last but one frame is the state; a bit of its digest is wrong.
        byte[] said = [.. Encoding.UTF8.GetBytes("receive\n"), .. stream.Bytes[..stream.End(stream.Frames.Count - 2)]];
        said[^1] ^= 1;

        Assert.Equal(
            "(ready receive)\n(ready memory)\n(ok round 0)\n(ok round 1)\n(err (type XendError) (value 'a frame was damaged on its way'))\n",
            await Say(server, said));
        Assert.Equal((1, 1, 0), (destination.Reserved, destination.Abandoned, destination.Activated));
    }

    private static Task<string> Say(RelocationServer server, string words) => Say(server, Encoding.UTF8.GetBytes(words));

    private static async Task<string> Say(RelocationServer server, byte[] said)
    {
        using TcpClient client = new();
        StringBuilder answer = new();
        try
        {
            await client.ConnectAsync(server.Endpoint);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(said);
            client.Client.Shutdown(SocketShutdown.Send);
            byte[] buffer = new byte[4096];
            for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (Exception e) when (e is System.IO.IOException or SocketException)
        {
            // A reset is no answer either.
        }

        return answer.ToString();
    }
}
