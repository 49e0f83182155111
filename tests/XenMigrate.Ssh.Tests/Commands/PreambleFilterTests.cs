namespace XenMigrate.Ssh.Tests;

public class PreambleFilterTests
{
    [Fact]
    public void What_comes_before_the_command_is_taken_away_wherever_the_network_cuts()
    {
        const string Stream = "rm: cannot remove x\nMOTDxenmigrate-group 4711\nout\nxenmigrate-group 1\n";

        Gen.Int[1, Stream.Length].Sample(size =>
        {
            (string text, int? group) = Filter(Stream, size);
            Assert.Equal("out\nxenmigrate-group 1\n", text);
            Assert.Equal(4711, group);
        });
    }

    [Fact]
    public void A_command_that_never_began_leaves_the_reason()
    {
        Assert.Equal(("Account\nis locked", null), Filter("Account\nis locked", 3));
    }

    [Fact]
    public void A_login_shell_that_writes_without_end_is_not_kept_and_does_not_hide_the_command()
    {
        string noise = string.Concat(Enumerable.Repeat("Welcome, ", 100_000));

        Assert.Equal(("out\n", 4711), Filter($"{noise}\n{noise}xenmigrate-group 4711\nout\n", 5000));
        Assert.InRange(Filter(noise + "\n" + noise, 5000).Text.Length, 60_000, 70_000);
    }

    private static (string Text, int? Group) Filter(string stream, int size)
    {
        List<byte> passed = [];
        int? group = null;
        PreambleFilter filter = new(found => group = found, (bytes, count) => passed.AddRange(bytes.Take(count)));
        foreach (byte[] chunk in Encoding.UTF8.GetBytes(stream).Chunk(size))
        {
            filter.Add(chunk, chunk.Length);
        }

        filter.End();
        return (Encoding.UTF8.GetString([.. passed]), group);
    }
}
