namespace XenMigrate.Ssh.Tests;

public class KeptTextTests
{
    private const string Boundary = "--xenmigrate-0123456789abcdef";

    [Fact]
    public void What_goes_beyond_the_limit_is_counted_and_not_kept()
    {
        KeptText kept = Kept("0123456789", new KeptText(7), 3);

        Assert.Equal(("0123456", 3L), (kept.ToString(), kept.Discarded));
    }

    [Fact]
    public void Each_command_of_a_batch_keeps_its_part_whatever_the_others_wrote_and_wherever_the_network_cuts() =>
        Gen.Select(Gen.Int[0, 90].Array[1, 5], Gen.Int[1, 50]).Sample((lengths, size) =>
        {
            const int Limit = 40;
            CommandBatches batch = new([[.. lengths.Select(length => new RemoteCommand("echo", $"{length}"))]], Boundary);
            string stream = string.Concat(
                lengths.Select(length => $"{new string('x', length)}\n{Boundary}-0 3\n").Concat(lengths.Select(_ => $"\n{Boundary}-0\n")));

            KeptText kept = Kept(stream, new KeptText(int.MaxValue, batch.MarkPrefix, Limit), size);

            IReadOnlyList<CommandResult> results = batch.Split(new CommandResult(0, kept.ToString(), ""))[0];
            Assert.All(results.Zip(lengths), pair =>
            {
                Assert.Equal(3, pair.First.ExitCode);
                Assert.True(pair.First.Output.Length <= Limit);
                // A part that all but fills its room leaves none for the mark, and is not trusted either.
                Assert.True(pair.First.Discarded > 0 || pair.First.Output.Length == pair.Second);
                Assert.True(pair.First.Discarded > 0 == pair.Second > Limit - Boundary.Length - 6);
            });
        });

    [Fact]
    public void All_parts_together_keep_no_more_than_the_stream_may()
    {
        string stream = string.Concat(Enumerable.Repeat($"{new string('x', 50)}\n{Boundary}-0 0\n", 100));

        KeptText kept = Kept(stream, new KeptText(1000, Boundary + "-", 400), 64);

        Assert.InRange(kept.ToString().Length, 1000, 1000 + (100 * (Boundary.Length + 10)));
    }

    private static KeptText Kept(string stream, KeptText kept, int size)
    {
        LineAssembler assembler = new(_ => { }, kept);
        foreach (byte[] chunk in Encoding.UTF8.GetBytes(stream).Chunk(size))
        {
            assembler.Add(chunk, chunk.Length);
        }

        assembler.End();
        return kept;
    }
}
