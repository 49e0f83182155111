namespace XenMigrate.Tests;

/// <summary>Whatever a host writes, a parser says that it does not understand, and nothing worse.</summary>
public class GarbageTests
{
    [Fact]
    public void A_table_of_anything_is_understood_or_not() => Survives(text => XlList.Parse(text), "xl-list.4.17.txt");

    [Fact]
    public void Json_of_anything_is_understood_or_not() => Survives(text => XlListLong.Parse(text), "xl-list-l.4.17.txt");

    [Fact]
    public void Information_of_anything_is_understood_or_not() => Survives(text => XlInfo.Parse(text), "xl-info.4.17.txt");

    [Fact]
    public void Xends_table_of_anything_is_understood_or_not() => Survives(text => XmList.Parse(text), "xm-list.3.1.txt");

    [Fact]
    public void Xends_details_of_anything_are_understood_or_not() => Survives(text => XmListLong.Parse(text), "xm-list-long.3.1.txt");

    [Fact]
    public void Xends_information_of_anything_is_understood_or_not() => Survives(text => XmInfo.Parse(text), "xm-info.3.1.txt");

    [Fact]
    public void Libvirts_domains_of_anything_are_understood_or_not() =>
        Survives(text => LibvirtDomains.Parse(LibvirtDomains.Always, text), "virsh-domains.9.0.txt");

    [Fact]
    public void A_job_of_anything_is_held_or_not() =>
        Survives(text => LibvirtJob.IsHeld(new CommandResult(0, text, text)), "xl-list.4.17.txt");

    [Fact]
    public void Xends_log_of_anything_is_read_without_complaint() => Survives(
        text => (XendLogLine.Round(text, 0), XendLogLine.Progress(text), XendLogLine.IsSuspending(text, 5)), "xm-list.3.1.txt");

    [Fact]
    public void Listeners_and_bridges_of_anything_are_read_without_complaint() => Survives(
        text => (Listeners.Parse(text), Bridges.ParseOld(text)), "xm-list.3.1.txt");

    [Fact]
    public void Mounts_of_anything_are_understood_or_not() => Survives(text => Mounts.Parse(text), "mountinfo.nfs-client.txt");

    [Fact]
    public void Old_mounts_of_anything_are_understood_or_not() => Survives(text => Mounts.ParseOld(text), "mountinfo.nfs-client.txt");

    [Fact]
    public void Exports_of_anything_are_understood_or_not() =>
        Survives(text => NfsExports.Parse(text, NfsExports.Command), "exportfs-v.debian12.txt");

    [Fact]
    public void A_bridge_of_anything_is_understood_or_not() => Survives(
        text => BridgeDetailsQuestion.Of("a", ["xenbr1"]).Read(
            [new CommandResult(0, text, ""), new CommandResult(0, text, ""), new CommandResult(0, text, ""), new CommandResult(0, text, "")]),
        "sysfs-bridge.debian12.txt");

    [Fact]
    public void Links_of_anything_are_understood_or_not() => Survives(text => Bridges.ParseLinux(text), "mountinfo.nfs-client.txt");

    [Fact]
    public void Addresses_of_anything_are_understood_or_not() => Survives(text => Addresses.Parse(text), "mountinfo.nfs-client.txt");

    [Fact]
    public void Lines_of_anything_are_read_without_complaint() => Survives(
        text => (XlMigrateLine.Mark(text), XlMigrateLine.IsWorthKeeping(text), XlProgressLine.Percent(text)), "xl-save.4.17.txt");

    [Fact]
    public void A_disk_of_anything_is_understood_or_not() => Survives(
        text => DiskFile.Question("a", "/dev/x").Read(
            [new CommandResult(0, text, ""), new CommandResult(0, text, ""), new CommandResult(0, text, text)]),
        "xl-list.4.17.txt");

    [Fact]
    public void A_probe_of_anything_is_read_without_complaint() => Survives(
        text => SshProbe.Question("b").Read([new CommandResult(0, text, text)]), "xl-list.4.17.txt");

    [Fact]
    public void An_image_of_anything_is_whole_or_corrupt() => Mangled(Fixture.Bytes("xl-image-head.4.17.save")).Sample(bytes =>
    {
        string text = Convert.ToBase64String(bytes);
        try
        {
            _ = LibxlImage.Question("a", "/x").Read(
                [new CommandResult(0, "1 1\n", ""), new CommandResult(0, text, ""), new CommandResult(0, "AAAAAAAAAAA=", "")]);
        }
        catch (SavedGuestCorruptException)
        {
            // That is the other answer it may give.
        }
    });

    [Theory]
    [InlineData("letters")]
    [InlineData("spaces")]
    [InlineData("numbers")]
    [InlineData("zeros")]
    [InlineData("lists")]
    [InlineData("JSON")]
    [InlineData("lines")]
    public void Megabytes_of_anything_are_not_understood(string what)
    {
        string text = Flood(what);
        Action<string>[] parsers =
        [
            output => XlList.Parse(output),
            output => XlListLong.Parse(output),
            output => XlInfo.Parse(output),
            output => XmList.Parse(output),
            output => XmInfo.Parse(output),
            output => Listeners.Parse(output),
            output => Bridges.ParseOld(output),
            output => Bridges.ParseLinux(output),
            output => Bridges.ParseOpenVSwitch(output),
            output => Addresses.Parse(output),
            output => Mounts.Parse(output),
            output => BootId.Parse(output),
        ];

        Assert.All(parsers, parse =>
        {
            OutputNotUnderstoodException e = Assert.Throws<OutputNotUnderstoodException>(() => parse(text));
            Assert.True(e.Message.Length < 1000 && e.Output.Length <= OutputExcerpt.MostCharacters, what);
        });
        Assert.Empty(BlockIdentities.Parse(text));
        Assert.Empty(NoConfigurations(text));
        Assert.Null(SshProbe.Question("b").Read([new CommandResult(0, text, text)]).BootId);
    }

    private static IReadOnlyList<XmConfiguration> NoConfigurations(string text)
    {
        try
        {
            return XmListLong.Parse(text);
        }
        catch (OutputNotUnderstoodException)
        {
            return [];
        }
    }

    private static string Flood(string what) => what switch
    {
        "letters" => new string('x', 1_000_000),
        "spaces" => "x" + new string(' ', 1_000_000) + "x",
        "numbers" => "Name State\nx" + string.Concat(Enumerable.Repeat(" 1", 500_000)),
        "zeros" => new string('\0', 1_000_000),
        "lists" => new string('(', 1_000_000),
        "JSON" => new string('[', 1_000_000),
        _ => string.Concat(Enumerable.Repeat("a b\n", 250_000)),
    };

    private static void Survives<T>(Func<string, T> read, string fixture)
    {
        string good = Fixture.Text(fixture);
        Gen.OneOf(Gen.String, MangledText(good)).Sample(text =>
        {
            try
            {
                _ = read(text);
            }
            catch (OutputNotUnderstoodException)
            {
                // That is the other answer it may give.
            }
        });
    }

    /// <summary>Good output in which a stretch was replaced.</summary>
    private static Gen<string> MangledText(string good) =>
        Gen.Select(
            Gen.Int[0, good.Length - 1],
            Gen.Int[0, 40],
            Gen.OneOf(
                Gen.String[0, 20],
                Gen.OneOf("4294967295", "-1", "99999999999999999999", "null", "[]", "{}", "\"\\ud800\"", "\n", "1e999", ":", "\0")))
            .Select((at, length, text) => good[..at] + text + good[Math.Min(good.Length, at + length)..]);

    private static Gen<byte[]> Mangled(byte[] good) =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 8], Gen.OneOf(Gen.Byte.Array[0, 8], Gen.Const("\"\\ud800\""u8.ToArray())))
            .Select((at, length, bytes) => (byte[])[.. good[..at], .. bytes, .. good[(at + length)..]]);
}
