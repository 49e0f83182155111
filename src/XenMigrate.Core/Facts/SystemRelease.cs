namespace XenMigrate.Facts;

/// <summary>What a host runs on: its machine, and its release where that is Red Hat Enterprise Linux or a rebuild of it.</summary>
/// <param name="Machine">x86_64, ia64 …</param>
/// <param name="EnterpriseLinux">Its version, 5.1 or the like; null for any other system.</param>
/// <param name="Text">What /etc/redhat-release says, or null.</param>
internal sealed record SystemRelease(string Machine, Version? EnterpriseLinux, string? Text)
{
    public const string Path = "/etc/redhat-release";

    // Fedora has the file as well, and other numbers.
    private static readonly Regex s_enterprise = new(
        // Oracle VM server is none, whatever its numbers.
        @"^(?:Red Hat Enterprise Linux|CentOS|Scientific Linux|Oracle Linux|Enterprise Linux|Oracle Enterprise Linux).*?\brelease (?<major>\d{1,3})(?:\.(?<minor>\d{1,3}))?",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_machineName = new(@"^[A-Za-z0-9_-]{1,32}$", RegexOptions.CultureInvariant);

    // Whoever has the file says so in one line, with a number: "Fedora release 38 (Thirty Eight)", "ALT Server 10.1".
    private static readonly Regex s_any = new(
        @"^[A-Za-z][\w.+/-]*(?: [A-Za-z][\w.+/-]*){0,8} V?\d[\w.-]*(?: \([^()\n\0]{1,100}\))?[^:\n\0]{0,60}$", RegexOptions.CultureInvariant);

    private static readonly Regex s_cutOff = new(
        @"^(?:Red Hat Enterprise Linux|CentOS|Scientific Linux|Oracle Linux|Enterprise Linux)(?!.*\brelease \d)", RegexOptions.CultureInvariant);

    private static readonly RemoteCommand s_machine = new("uname", "-m");

    private static readonly RemoteCommand s_release = new("cat", Path);

    public static Question<SystemRelease> Question(string host) => new(
        [s_machine, s_release],
        results =>
        {
            string machine = results[0].Output.Trim();
            if (!results[0].Succeeded)
            {
                throw new RemoteCommandFailedException(host, s_machine, results[0]);
            }

            if (!s_machineName.IsMatch(machine))
            {
                throw new OutputNotUnderstoodException(s_machine, "no machine", results[0].Output);
            }

            return results[1].Succeeded ? Parse(machine, results[1].Output)
                : results[1].Error.Contains("No such file") ? new SystemRelease(machine, null, null)
                : throw new RemoteCommandFailedException(host, s_release, results[1]);
        });

    /// <exception cref="OutputNotUnderstoodException">It names no release.</exception>
    public static SystemRelease Parse(string machine, string text)
    {
        string line = text.Trim();
        if (!s_any.IsMatch(line) || s_cutOff.IsMatch(line))
        {
            // It may be an old one, of which only something else was read.
            throw new OutputNotUnderstoodException(s_release, "it names no release", text);
        }

        return s_enterprise.Match(line) is { Success: true } match
            ? new SystemRelease(machine, new Version(Number(match.Groups["major"]), Number(match.Groups["minor"])), line)
            : new SystemRelease(machine, null, line);
    }

    // "release 5" is the first of its kind: 5.0.
    private static int Number(Group digits) =>
        digits.Success ? int.Parse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}
