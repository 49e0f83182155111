namespace XenMigrate.Tests;

public class SecretTextTests
{
    [Theory]
    [InlineData("vncpasswd='geheim 1'", "vncpasswd=***")]
    [InlineData("vncpasswd = \"ge\\\"heim\", x", "vncpasswd = ***, x")]
    [InlineData("(vncpasswd geheim)(vnc 1)", "(vncpasswd ***)(vnc 1)")]
    [InlineData("--password geheim -v", "--password *** -v")]
    [InlineData("--token=geheim", "--token=***")]
    [InlineData("<graphics passwd='geheim' port='1'/>", "<graphics passwd=*** port='1'/>")]
    [InlineData("sh -c 'printf vncpasswd='\\''geheim'\\'''", "sh -c 'printf vncpasswd=***'")]
    [InlineData("xl migrate web b", "xl migrate web b")]
    [InlineData("SHA256:abc host key", "SHA256:abc host key")]
    public void Passwords_are_left_out(string text, string kept) => Assert.Equal(kept, SecretText.Of(text));

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(
        new string('a', 4000) + "… (1 characters more)", SecretText.Of(new string('a', 4001)));
}
