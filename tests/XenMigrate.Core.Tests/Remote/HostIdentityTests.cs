namespace XenMigrate.Tests;

/// <summary>Whether two hosts are one machine, by marks of which none proves it alone.</summary>
public class HostIdentityTests
{
    private static readonly HostIdentity s_one = new("i1", "h1", "k1");

    [Theory]
    [InlineData("i1", "h1", "k1", true)]
    [InlineData(null, "h1", "k1", true)]
    [InlineData("i2", "h2", "k2", false)]
    [InlineData("i2", null, "k2", false)]
    // A disk that was copied; boards that were given one uuid; a new board; a new installation; a new key.
    [InlineData("i1", "h2", "k1", null)]
    [InlineData("i2", "h1", "k2", null)]
    [InlineData("i1", "h1", "k2", null)]
    // A copied disk too, where nobody may read what the board is.
    [InlineData("i1", null, "k1", null)]
    // One mark alone.
    [InlineData(null, "h1", null, null)]
    [InlineData(null, null, "k2", null)]
    [InlineData(null, null, null, null)]
    public void Marks_that_agree_tell_and_others_do_not(string? installation, string? hardware, string? hostKey, bool? isSame)
    {
        HostIdentity other = new(installation, hardware, hostKey);

        Assert.Equal((isSame, isSame), (s_one.IsSame(other), other.IsSame(s_one)));
    }

    [Fact]
    public void Where_the_marks_do_not_tell_the_name_does()
    {
        NamedHost host = new("Xen1", s_one);

        Assert.True(host.Is("xen1"));
        Assert.False(host.Is("xen2"));
        Assert.True(host.Is(new NamedHost("alias", s_one)));
        Assert.True(host.IsNamesake(new NamedHost("xen1", new("i2", "h2", "k2"))));
        Assert.False(host.IsNamesake(new NamedHost("xen1", new("i2", "h1", "k2"))));
        Assert.False(host.IsNamesake(new NamedHost("xen2", new("i2", "h2", "k2"))));
    }

    [Fact]
    public void An_installation_and_a_board_are_known_by_hashes_of_their_ids()
    {
        const string Id = "0123456789abcdef0123456789abcdef";

        MachineMarks marks = MachineMarks.Parse($"{Id}\n{Id}\n4C4C4544-0042-3510-8052-B4C04F4A4E32\n");

        Assert.Equal(marks, MachineMarks.Parse($"{Id.ToUpperInvariant()}\n4c4c4544-0042-3510-8052-b4c04f4a4e32\n"));
        Assert.True(marks is { Installation.Length: 16, Hardware.Length: 16 }, marks.ToString());
        Assert.NotEqual(marks.Installation, marks.Hardware);
        Assert.NotEqual(marks.Hardware, MachineMarks.Parse("4c4c4544-0042-3510-8052-b4c04f4a4e33\n").Hardware);
    }

    [Theory]
    [InlineData("")]
    [InlineData("uninitialized\n")]
    [InlineData("cat: /etc/machine-id: No such file or directory\n")]
    [InlineData("00000000000000000000000000000000\n00000000-0000-0000-0000-000000000000\n")]
    [InlineData("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF\n")]
    [InlineData("03000200-0400-0500-0006-000700080009\n")]
    [InlineData("Not Settable\n\u001b[2J{}\0\n")]
    public void What_is_nobodys_own_says_nothing(string output) =>
        Assert.Equal(new MachineMarks(null, null), MachineMarks.Parse(output));
}
