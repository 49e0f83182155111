namespace XenMigrate.Tests.PreCopy;

/// <summary>What a source makes of a destination that answers anything: the guest runs in one place, or it says that it does not know.</summary>
public sealed class MalformedRepliesTests : IDisposable
{
    private static readonly int s_answers = Depth.Of(onCI: 1_500, elsewhere: 200);

    private static readonly string[] s_first =
    [
        "(ready receive)", "(ready memory)", "(ok mark)", "(ok mark)", "(ok round 0)", "(ok whole)", "(ok running)", "(ok beat 0.250000)",
    ];

    private static readonly string[] s_second = ["(ready receive)", "(ok joined)"];

    // The answer after which the word to start the guest is sent, and the one that says that it runs.
    private static readonly int s_whole = Array.IndexOf(s_first, "(ok whole)");
    private static readonly int s_running = Array.IndexOf(s_first, "(ok running)");

    private readonly EmbeddedGuest _guest = EmbeddedGuest.Boot(
        new DomainIdentity("fuzz", Guid.NewGuid(), "(domain)"), 16, new GuestWorkload(16, 0), () => DateTimeOffset.UtcNow, 0.5);

    public void Dispose() => _guest.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_answers_of_a_destination_that_works_are_a_move(int connections)
    {
        (RelocationResult result, int asked) = Send(connections, Text(s_first), Text(s_second), null);

        Assert.Equal((RelocationOutcome.Moved, 0, false), (result.Outcome, asked, _guest.Running));
        Assert.Equal(0.25, result.HeartbeatGap!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Malformed_answers_leave_no_doubt_who_has_the_guest(int connections)
    {
        Random random = new(20261125);
        for (int i = 0; i < s_answers; i++)
        {
            bool? fact = random.Next(3) switch { 0 => true, 1 => false, _ => null };
            byte[] first = Damage(s_first, random);
            byte[] second = random.Next(3) == 0 ? Damage(s_second, random) : Text(s_second);

            (RelocationResult result, int asked) = Send(connections, first, second, fact);

            Require(result, asked, fact, Intact(first), Encoding.UTF8.GetString(first));
        }
    }

    private void Require(RelocationResult result, int asked, bool? fact, int intact, string said)
    {
        // Nobody is asked before the word to start the guest was sent, and it is not sent before the image is whole.
        Assert.True(asked == 0 || (asked == 1 && intact > s_whole), said);
        switch (result.Outcome)
        {
            case RelocationOutcome.Moved:
                Assert.True(!_guest.Running && (asked == 1 ? fact == true : intact > s_running), said);
                break;
            case RelocationOutcome.Stayed:
                Assert.True(_guest.Running && (asked == 0 || fact == false), $"{said}: {result.Reason}");
                break;
            default:
                Assert.True(!_guest.Running && asked == 1 && fact is null, said);
                break;
        }
    }

    private (RelocationResult Result, int Asked) Send(int connections, byte[] first, byte[] second, bool? fact)
    {
        if (!_guest.Running)
        {
            _guest.Resume();
        }

        int asked = 0;
        Queue<byte[]> wires = new([first, second]);
        using OutgoingTransfer transfer = new(_guest, new PreCopyOptions { Connections = connections }, live: false, () => new MemoryWire(wires.Dequeue()), _ => { }, new TransferTimes());
        RelocationResult result = transfer.Run(
            _ =>
            {
                asked++;
                return fact;
            },
            CancellationToken.None);
        return (result, asked);
    }

    /// <summary>How many answers came as they have to, before the first that did not.</summary>
    private static int Intact(byte[] answers)
    {
        string text = Encoding.UTF8.GetString(answers);
        int at = 0;
        for (int i = 0; i < s_first.Length; i++)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0 || text[at..end].TrimEnd('\r') != s_first[i])
            {
                return i;
            }

            at = end + 1;
        }

        return s_first.Length;
    }

    private static byte[] Damage(string[] answers, Random random)
    {
        List<string> lines = [.. answers];
        int at = random.Next(lines.Count);
        switch (random.Next(8))
        {
            case 0:
                byte[] flipped = Text(answers);
                int bit = random.Next(flipped.Length * 8);
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                return flipped;
            case 1:
                return Text(answers)[..random.Next(Text(answers).Length)];
            case 2:
                lines.RemoveAt(at);
                break;
            case 3:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            case 4:
                lines.Insert(at, "(err (type XendError) (value 'no memory'))");
                break;
            case 5:
                lines[at] = new string('x', random.Next(1, 10_000));
                break;
            case 6:
                byte[] noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return [.. Text([.. lines.Take(at)]), .. noise, .. Text([.. lines.Skip(at)])];
            default:
                lines[at] = "(ok round 4294967296)";
                break;
        }

        return Text([.. lines]);
    }

    private static byte[] Text(string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
