namespace XenMigrate.Tests;

public class SuspendOfferTests
{
    private const string Prepared =
        "domid = \"5\"\ncontrol = \"\"\n shutdown = \"\"\n feature-poweroff = \"\"\n feature-reboot = \"\"\n feature-suspend = \"\"\n platform-feature-multiprocessor-suspend = \"1\"\n";

    [Fact]
    public void A_real_guest_offers_it_and_has_drivers() => Assert.Equal(
        new SuspendOffer(true, true, true), SuspendOffer.Parse(Fixture.Text("xenstore-ls-domain.4.17.txt")));

    [Fact]
    public void What_the_toolstack_prepared_is_no_offer() =>
        Assert.Equal(new SuspendOffer(false, false, false), SuspendOffer.Parse(Prepared));

    [Fact]
    public void A_guest_that_offers_all_but_that_tells() => Assert.Equal(
        new SuspendOffer(false, true, false),
        SuspendOffer.Parse("control = \"\"\n feature-poweroff = \"1\"\n feature-reboot = \"1\"\n feature-suspend = \"\"\n"));

    [Fact]
    public void What_another_folder_has_of_that_name_is_not_meant() => Assert.False(
        SuspendOffer.Parse(Prepared + "data = \"\"\n feature-suspend = \"1\"\n").Offers);

    [Theory]
    [InlineData("4", true)]
    [InlineData("1", false)]
    public void A_device_that_is_connected_has_a_driver(string state, bool hasDrivers) => Assert.Equal(
        hasDrivers, SuspendOffer.Parse($"{Prepared}device = \"\"\n vif = \"\"\n  0 = \"\"\n   state = \"{state}\"\n").HasDrivers);

    [Theory]
    [InlineData(127, "sh: xenstore-ls: not found")]
    [InlineData(1, "xenstore-ls: xs_directory (/local/domain/5): No such file or directory")]
    public void A_xenstore_that_does_not_answer_leaves_it_open(int exitCode, string error) => Assert.Throws<RemoteCommandFailedException>(
        () => SuspendOffer.Question("a", 5).Read([new(exitCode, "", error)]));

    [Theory]
    [InlineData("")]
    [InlineData("\u0001\u0002 what?")]
    [InlineData("key = \"value\"\n")]
    public void Garbage_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => SuspendOffer.Parse(output));
}
