using System.Text.RegularExpressions;

namespace XenMigrate.Embedded.Dom0;

/// <summary>A version of Xen, in the three parts in which xm info and xl info tell it.</summary>
/// <param name="Major">The 3 of 3.1.2-398.el5.</param>
/// <param name="Minor">The 1.</param>
/// <param name="Extra">".2-398.el5"; may be empty.</param>
internal sealed partial record HypervisorVersion(int Major, int Minor, string Extra)
{
    /// <summary>RHEL 5.11's.</summary>
    public static HypervisorVersion Usual { get; } = Parse("3.1.2-398.el5");

    /// <exception cref="FormatException">It does not begin with two numbers and a dot between them.</exception>
    public static HypervisorVersion Parse(string text) => Parts().Match(text) is { Success: true } match
        ? new HypervisorVersion(Number(match.Groups["major"]), Number(match.Groups["minor"]), match.Groups["extra"].Value)
        : throw new FormatException($"'{text}' is no version of Xen: 3.1.2-398.el5 is one.");

    public override string ToString() => FormattableString.Invariant($"{Major}.{Minor}{Extra}");

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<major>[0-9]{1,3})\.(?<minor>[0-9]{1,3})(?<extra>([.-][\w.+-]*)?)$")]
    private static partial Regex Parts();
}
