namespace XenMigrate.Tests;

public class RelocationReadingTests
{
    [Fact]
    public void What_the_file_of_a_host_says_can_not_steer_a_terminal()
    {
        RelocationConfiguration read = RelocationReading.Read(
            "a", "(xend-relocation-server yes)\n(xend-relocation-address '\u001b[2J')\n(xend-relocation-hosts-allow '^b$ \u001b]0;owned\u0007')\n");

        string[] texts = [read.Address, .. read.HostsAllow, .. read.Finding, .. read.Setting.Select(setting => $"{setting}")];
        Assert.Contains(read.Setting, setting => setting.Value.Contains("owned", StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain(text, char.IsControl));
    }
}
