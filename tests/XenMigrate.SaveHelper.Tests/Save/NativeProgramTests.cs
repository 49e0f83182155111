using System.Text;
using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

/// <summary>What hosts get, which are older than the machine that built it.</summary>
public partial class NativeProgramTests
{
    // What .NET's own runtime asks for, see its list of supported systems.
    private static readonly Version s_oldest = new(2, 27);

    [HelperFact]
    public void It_starts_on_every_glibc_that_the_runtime_does()
    {
        // Latin-1 makes one character of each byte.
        string program = Encoding.Latin1.GetString(File.ReadAllBytes(MockXen.Program));

        Version[] needed = [.. Needed().Matches(program).Select(match => Version.Parse(match.Groups["version"].Value))];

        Assert.NotEmpty(needed);
        Assert.True(needed.Max() <= s_oldest, $"It needs glibc {needed.Max()}: see Native/OldGlibc.S.");
    }

    [GeneratedRegex(@"\0GLIBC_(?<version>\d+\.\d+(\.\d+)?)(?=\0)")]
    private static partial Regex Needed();
}
