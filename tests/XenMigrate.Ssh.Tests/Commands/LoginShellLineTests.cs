namespace XenMigrate.Ssh.Tests;

public class LoginShellLineTests
{
    [Fact]
    public void No_character_is_sent_that_shells_disagree_about() =>
        Gen.String.Array[0, 5].Sample(words =>
        {
            string line = LoginShellLine.Of("exec", words);
            string argument = line[line.IndexOf("sh ", line.IndexOf("' sh ", StringComparison.Ordinal), StringComparison.Ordinal)..];

            return line.All(c => c is >= ' ' and <= '~' and not '!')
                && argument.Replace(@"\0", "").Replace(@"\n", "").All(c => c != '\\')
                && argument.Count(c => c == '\'') == 2 * words.Length;
        });
}
