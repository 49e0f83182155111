namespace XenMigrate.Tests.Save;

[Collection(MockXenTests.Name)]
public class FramedSaveTests(MockXen xen)
{
    [HelperTheory]
    [InlineData("downtime=0.3", 0.99, 1.01)]
    [InlineData("compression=zeros", 0.4, 0.7)]
    [InlineData("compression=zstd", 0.001, 0.3)]
    public async Task What_was_framed_is_what_was_written_however_few_bytes_it_takes(string options, double least, double most)
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_STREAM", "framed").With("XENMIGRATE_PRECOPY", options);
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal(folder.Written, Streams.Unframe(libxl.Received));
        Assert.Equal(libxl.Received.Length, libxl.End.Bytes);
        Assert.InRange(libxl.Received.Length / (double)folder.Written.Length, least, most);
    }

    [HelperFact]
    public async Task A_save_that_was_cut_has_no_end()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_STREAM", "framed").With("XENMIGRATE_PRECOPY", "downtime=0");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal((-1, 125), libxl.Completed);
        _ = Streams.Unframe(libxl.Received, out XenMigrate.SaveHelper.Framing.StreamDamagedException? error);
        Assert.NotNull(error);
    }

    [HelperTheory]
    [InlineData(0)]
    [InlineData(7)]
    public void The_stock_helper_gets_what_was_framed_and_how_it_ends_is_how_it_ended(int status)
    {
        using MockFolder folder = new MockFolder(xen).With("STOCK_EXIT", $"{status}");
        byte[] bytes = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i / 5000))];

        Assert.Equal(status, Restore(folder, [.. Streams.Frame([bytes], 4096, packed: true), .. "libxl's own"u8]).Status);

        Assert.Equal(bytes, Restored(folder));
        Assert.Matches("^stock --restore-domain [0-9]+ 2 7 3 4 5 6 88 0$", folder.Notes[0]);
    }

    [HelperFact]
    public void What_comes_behind_the_end_is_left_for_libxl()
    {
        using MockFolder folder = new(xen);

        Assert.Equal("libxl's own", Restore(folder, [.. Streams.Frame([[1, 2, 3]], null, packed: false), .. "libxl's own"u8]).Left);
    }

    [HelperTheory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-20)]
    [InlineData(300_000)]
    public void A_stream_that_is_cut_off_is_no_guest(int length)
    {
        using MockFolder folder = new(xen);
        byte[] bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        byte[] wire = Streams.Frame([bytes], null, packed: false);

        Assert.Equal(254, Restore(folder, wire[..(length > 0 ? length : wire.Length + length - 1)]).Status);

        Assert.True(Restored(folder).Length < bytes.Length);
    }

    [HelperFact]
    public void A_stream_that_is_not_framed_is_refused()
    {
        using MockFolder folder = new(xen);

        Assert.Equal(254, Restore(folder, new byte[100_000]).Status);

        Assert.Empty(Restored(folder));
    }

    [HelperFact]
    public void Without_word_of_frames_the_stock_helper_restores()
    {
        using MockFolder folder = new(xen);

        Assert.Equal(0, folder.Ask("--restore-domain", "0", "2", "7", "3", "4", "5", "6", "88", "0").Status);

        Assert.Equal("stock --restore-domain 0 2 7 3 4 5 6 88 0", folder.Notes[0]);
    }

    private static byte[] Restored(MockFolder folder) => File.ReadAllBytes(folder.Path + "/restored");

    /// <summary>Restores a stream from a file; what the descriptor still has afterwards is what nobody read.</summary>
    private static (int Status, string Left) Restore(MockFolder folder, byte[] wire)
    {
        File.WriteAllBytes(folder.Path + "/wire", wire);
        ProcessStartInfo start = new("/bin/sh", ["-c", "\"$0\" --restore-domain 9 2 7 3 4 5 6 88 0 2>/dev/null; s=$?; cat <&9; exit $s", MockXen.Program])
        {
            RedirectStandardOutput = true,
        };
        start.ArgumentList[1] = "exec 9<\"$1\"; " + start.ArgumentList[1];
        start.ArgumentList.Add(folder.Path + "/wire");
        _ = folder.With("XENMIGRATE_STREAM", "framed");
        folder.Apply(start);
        using Process process = Process.Start(start)!;
        string rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, rest);
    }
}
