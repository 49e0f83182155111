namespace XenMigrate.Tests;

public class XendImageTests
{
    private const string Configuration =
        "(domain (domid 3) (uuid b164eace-15c0-4f26-8922-786e23f5bb4b) (name testvm1) (memory 128) (image (linux)) "
        + "(device (vbd (uname file:/images/web.img) (dev xvda:disk) (mode w))))";

    // What is left of four bytes that are no text, and memory behind the configuration.
    private const string Head = "LinuxGuestRecord\0\0\u0001\uFFFD" + Configuration + "\0\uFFFD\0\0)('\uFFFD";

    [Fact]
    public void Name_uuid_and_disks_are_read()
    {
        GuestImage image = Read(Head);

        Assert.Equal(("testvm1", A.Uuid, 134_500_000L), (image.Saved.Name, image.Saved.Uuid, image.Saved.SizeBytes));
        Assert.Equal("/images/web.img", Assert.Single(image.Disks).Path);
    }

    [Theory]
    [InlineData("Xen saved domain, xl format", "does not begin as xend's")]
    [InlineData("", "does not begin as xend's")]
    [InlineData("LinuxGuestRecord\0\0\u0001(", "ends within its configuration")]
    [InlineData("LinuxGuestRecord\0\0\u0001x(domain (name testvm1)", "can't be read")]
    [InlineData("LinuxGuestRecord\0\0\u0001x(domain (memory 128))", "has no name")]
    public void What_is_no_image_is_refused(string head, string reason) => Assert.Contains(
        reason, Assert.Throws<SavedGuestCorruptException>(() => Read(head)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_image_without_its_memory_is_refused() => Assert.Contains(
        "it has 95 MiB, and the guest had 128",
        Assert.Throws<SavedGuestCorruptException>(() => Read(Head, "100000000 1763851234\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_head_of_anything_is_whole_or_corrupt() => Gen.Select(Gen.Int[0, Head.Length - 1], Gen.String[0, 9]).Sample((at, text) =>
    {
        try
        {
            _ = XendImage.ParseHead(Head[..at] + text + Head[at..]);
        }
        catch (InvalidDataException)
        {
            // That is the other answer it may give.
        }
    });

    [Fact]
    public async Task A_guest_is_saved_looked_at_and_named()
    {
        FakeShell shell = Shell();

        SavedGuest saved = await new GuestSaver(A.XendHost(shell), Timing.Real).SaveAsync(
            A.Guest() with { Toolstack = ToolstackKind.Xend }, "/x.save", new SaveOptions(), null, CancellationToken.None);

        Assert.Equal(("testvm1", "/x.save"), (saved.Name, saved.RemotePath));
        Assert.Equal(
            [FreshFile.Command("/x.save.partial").ToString(), "chmod 600 -- /x.save.partial", "xm save 5 /x.save.partial", "mv -f -T -- /x.save.partial /x.save"],
            shell.Commands.Where(command => command.Split(' ')[0] is "xm" or "sh" or "chmod" or "mv"));
    }

    [Fact]
    public async Task An_image_is_planned_and_restored()
    {
        FakeShell shell = Shell()
            .AnswersInTurn("xm list", Table(""), Table("testvm1                                    4      128     1 -b----      0.1\n"))
            .Answers("xm list --long", "")
            .Answers("stat -L -c '%d %i %s %Y %F' -- /images/web.img", "36 12909 16777216 1763851234 regular file\n");
        GuestRestorer restorer = new(A.XendHost(shell), Timing.Real);

        RestorePlan plan = await restorer.PlanAsync("/x.save", [], CancellationToken.None);
        Guest guest = await restorer.RestoreAsync(plan, new RestoreOptions(), null, CancellationToken.None);

        Assert.Null(plan.Stale);
        Assert.Equal(("testvm1", 4), (guest.Name, guest.Id));
        Assert.Contains("xm restore /x.save", shell.Commands);
    }

    [Theory]
    [InlineData("b164eace-15c0-4f26-8922-786e23f5bb4b", false)]
    [InlineData("4bf13abb-bbd6-4c48-8502-29af9504aabf", true)]
    public async Task A_guest_that_xend_goes_on_managing_is_in_the_way_of_others_only(string uuid, bool isRefused)
    {
        FakeShell shell = Shell()
            .Answers("xm list", Table("testvm1                                          128     1              0.0\n"))
            .Answers("xm list --long", $"(domain (uuid {uuid}) (name testvm1) (memory 128))")
            .Answers("stat -L -c '%d %i %s %Y %F' -- /images/web.img", "36 12909 16777216 1763851234 regular file\n");

        Exception? e = await Record.ExceptionAsync(() => new GuestRestorer(A.XendHost(shell), Timing.Real).PlanAsync("/x.save", [], CancellationToken.None));

        Assert.Equal(isRefused ? typeof(NameCollisionException) : null, e?.GetType());
    }

    private static FakeShell Shell() => new FakeShell("a")
        .Answers("xm*", "")
        .Answers("sh -c 'rm*", "")
        .Answers("touch*", "")
        .Answers("chmod*", "")
        .Answers("mv*", "")
        .Fails("test -*")
        .Answers("stat -f*", "1000000 4096\n")
        .Answers("stat -L*", "134500000 1763851234\n")
        .Answers("head*", Head);

    private static string Table(string rows) =>
        "Name                                      ID Mem(MiB) VCPUs State   Time(s)\nDomain-0                                   0      512     4 r-----    121.4\n" + rows;

    private static GuestImage Read(string head, string stat = "134500000 1763851234\n") =>
        XendImage.Question("a", "/x.save").Read([new CommandResult(0, stat, ""), new CommandResult(0, head, "")]);
}
