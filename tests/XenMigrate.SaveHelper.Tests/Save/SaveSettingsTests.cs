namespace XenMigrate.Tests.Save;

public class SaveSettingsTests
{
    // No such domain has a folder here.
    private const uint NobodysDomain = uint.MaxValue;

    [Fact]
    public void Where_nobody_asked_for_limits_no_guest_is_given_up_that_stock_Xen_would_have_moved() =>
        Assert.Equal((true, false), (SaveSettings.For(NobodysDomain).Options.OfflineFallback, SaveSettings.For(NobodysDomain).IsFramed));
}
