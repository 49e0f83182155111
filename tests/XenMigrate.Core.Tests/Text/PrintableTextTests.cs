using System.Reflection;

namespace XenMigrate.Tests;

public class PrintableTextTests
{
    private const string Hostile = "a\u001b[31m\u009b2J\r\u0000\u202e\u2028b";
    private const string Visible = @"a\u001b[31m\u009b2J\r\0\u202e\u2028b";

    /// <summary>What holds words of a host's and reaches a user, with those of its properties that the host does not write.</summary>
    public static TheoryData<Type, string> Models => new()
    {
        { typeof(Guest), "ComputerName" },
        { typeof(GuestDisk), "" },
        { typeof(GuestNetworkInterface), "" },
        { typeof(SavedGuest), "ComputerName" },
        { typeof(CheckResult), "Id Name Source Destination ErrorId" },
        { typeof(Evidence), "ComputerName" },
        { typeof(MigrationProgress), "" },
        { typeof(MigrationResult), "Source Destination ComputerName ErrorId LogPath" },
        { typeof(HostInformation), "BootId" },
        { typeof(RepairResult), "Id Name Source Destination" },
        { typeof(MigrationRepair), "Source Destination ComputerName LogPath" },
        { typeof(GuestMigration), "Source Destination ComputerName ErrorId LogPath" },
        { typeof(UnplacedGuest), "Source ErrorId" },
        { typeof(PlanBlocker), "Destination Id ErrorId" },
        { typeof(MigrationHelper), "ComputerName" },
        { typeof(GuestDowntime), "" },
    };

    [Theory]
    [InlineData(Hostile, Visible)]
    [InlineData("Grüße, 世界 😀 \\", "Grüße, 世界 😀 \\")]
    [InlineData("", "")]
    public void What_steers_a_terminal_becomes_visible(string text, string expected) => Assert.Equal(expected, PrintableText.Line(text));

    [Fact]
    public void Half_a_pair_becomes_visible() => Assert.Equal(@"\ud800x", PrintableText.Line("\ud800x"));

    [Fact]
    public void Lines_of_a_text_stay_and_a_name_is_one_line()
    {
        Assert.Equal("a\n\tb", PrintableText.Of("a\n\tb"));
        Assert.Equal(@"a\n\tb", PrintableText.Line("a\n\tb"));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void No_model_hands_on_what_steers_a_terminal(Type type, string ours)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        object model = constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(string) ? Hostile
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);

        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && !ours.Split(' ').Contains(property.Name)))
        {
            if (property.PropertyType == typeof(IReadOnlyList<string>) && property.Name != "SkippedCheck")
            {
                property.SetValue(model, new[] { Hostile });
                Assert.Equal(Visible, ((IReadOnlyList<string>)property.GetValue(model)!)[0]);
            }
            else if (property.PropertyType == typeof(string))
            {
                Assert.DoesNotContain('\u001b', (string?)property.GetValue(model) ?? "");
                property.SetValue(model, Hostile);
                Assert.Equal(Visible, property.GetValue(model));
            }
        }
    }

    [Fact]
    public void Messages_and_advice_are_fit_for_a_terminal_and_no_longer_than_people_read()
    {
        GuestChangedException e = new("web\u001b[2J", "a", "x", new string('y', 100_000));

        Assert.DoesNotContain('\u001b', e.Message);
        Assert.Contains(@"web\u001b[2J", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 1000, 8000);
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019; calc; \u2018", "'a\u2019\u2019; calc; \u2018\u2018'")]
    [InlineData("web\u001b[2J\n", @"'web\u001b[2J\n'")]
    public void A_name_in_advice_is_one_word_to_PowerShell(string name, string quoted) => Assert.Equal(quoted, PowerShellText.Quote(name));

    [Fact]
    public void A_transcript_is_bounded_keeps_its_ends_and_says_what_is_missing()
    {
        Transcript transcript = new();
        transcript.Add("first\u001b[2J");
        for (int i = 0; i < 20_000; i++)
        {
            transcript.Add(new string((char)('a' + (i % 26)), 2000));
        }

        transcript.Note($"long {new string('x', 60_000)} end");
        transcript.Note("last");
        transcript.Note("last");

        IReadOnlyList<string> lines = transcript.Lines;
        Assert.Equal(@"first\u001b[2J", lines[0]);
        Assert.Equal("last", lines[^1]);
        Assert.Matches("^long x.* characters left out.*x end$", lines[^2]);
        Assert.Contains("xenmigrate: 19003 lines are left out here", lines);
        Assert.InRange(lines.Sum(line => line.Length), 0, 2_100_000);
    }
}
