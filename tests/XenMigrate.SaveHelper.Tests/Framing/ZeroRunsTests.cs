namespace XenMigrate.Tests.Framing;

public class ZeroRunsTests
{
    [Fact]
    public void Every_run_that_is_long_enough_is_found_whole_and_no_other() =>
        Gen.Select(Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300]).Array[0, 8], Gen.Int[2, 100]).Sample((runs, least) =>
        {
            byte[] bytes = [.. runs.SelectMany(run => Enumerable.Repeat((byte)1, run.Item1).Concat(new byte[run.Item2]))];

            Assert.Equal(Slowly(bytes, least), Found(bytes, least));
        });

    [Fact]
    public void Data_and_runs_follow_each_other()
    {
        byte[] bytes = [1, .. new byte[10], 2, .. new byte[3], 3];

        Assert.Equal((1, 0), ZeroRuns.Next(bytes, 8));
        Assert.Equal((0, 10), ZeroRuns.Next(bytes.AsSpan(1), 8));
        Assert.Equal((5, 0), ZeroRuns.Next(bytes.AsSpan(11), 8));
    }

    private static List<(int Start, int Length)> Found(ReadOnlySpan<byte> bytes, int least)
    {
        List<(int, int)> found = [];
        for (int at = 0; at < bytes.Length;)
        {
            (int data, int zeros) = ZeroRuns.Next(bytes[at..], least);
            if (zeros > 0)
            {
                found.Add((at, zeros));
            }

            at += data + zeros;
        }

        return found;
    }

    private static List<(int Start, int Length)> Slowly(byte[] bytes, int least)
    {
        List<(int Start, int Length)> runs = [];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0 && (i == 0 || bytes[i - 1] != 0))
            {
                runs.Add((i, 0));
            }

            if (bytes[i] == 0)
            {
                runs[^1] = (runs[^1].Start, runs[^1].Length + 1);
            }
        }

        return [.. runs.Where(run => run.Length >= least)];
    }
}
