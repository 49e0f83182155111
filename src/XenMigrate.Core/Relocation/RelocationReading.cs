using System.Net;

namespace XenMigrate.Relocation;

/// <summary>Makes of a file's text what a user wants to know of it.</summary>
internal static class RelocationReading
{
    /// <exception cref="ConfigurationInvalidException">xend would not start with it.</exception>
    public static RelocationConfiguration Read(string host, string text)
    {
        XendConfiguration effective = Effective(host, text);
        IReadOnlyList<SxpList> lists = SxpReader.ReadLists(text);
        return new RelocationConfiguration(host, XendConfiguration.Path, effective)
        {
            Setting = [.. RelocationSettings.Names.Select(name => Setting(host, name, effective, lists, text))],
            Finding = [.. Findings(effective), .. Repetitions(lists, text)],
        };
    }

    private static XendConfiguration Effective(string host, string text)
    {
        try
        {
            return XendConfiguration.Parse(text);
        }
        catch (ConfigurationInvalidException e)
        {
            // The same file is on every host, so the host's name belongs to its path.
            throw new ConfigurationInvalidException($"{host}:{e.Path}", e.Message.Substring(e.Path.Length + 2), e);
        }
    }

    private static RelocationSetting Setting(
        string host, string name, XendConfiguration effective, IEnumerable<SxpList> lists, string text)
    {
        SxpList? element = lists.FirstOrDefault(list => list.Name == name);
        bool isDefault = element?.Children.Any() != true;
        return new RelocationSetting(
            host, name, Value(effective, name), isDefault, isDefault ? null : SxpPosition.Line(text, element!.Start));
    }

    private static string Value(XendConfiguration effective, string name) => name switch
    {
        RelocationSettings.ServerName => Word(effective.RelocationServer),
        RelocationSettings.PortName => effective.RelocationPort.ToString(CultureInfo.InvariantCulture),
        RelocationSettings.AddressName => effective.RelocationAddress,
        RelocationSettings.HostsAllowName => effective.HostsAllow.Value,
        RelocationSettings.SslServerName => Word(effective.RelocationSslServer),
        RelocationSettings.SslPortName => effective.RelocationSslPort.ToString(CultureInfo.InvariantCulture),
        _ => Word(effective.RelocationSsl),
    };

    private static string Word(bool value) => value ? "yes" : "no";

    private static IEnumerable<string> Findings(XendConfiguration effective)
    {
        foreach (HostsAllowFinding finding in HostsAllowLint.Examine(effective.HostsAllow))
        {
            yield return $"{RelocationSettings.HostsAllowName}: {finding.Text}";
        }

        if (effective.RelocationAddress.Length > 0 && !IPAddress.TryParse(effective.RelocationAddress, out _))
        {
            yield return $"{RelocationSettings.AddressName}: {effective.RelocationAddress} is no address; before Xen 4.1, xend takes no interface's name.";
        }
    }

    private static IEnumerable<string> Repetitions(IReadOnlyList<SxpList> lists, string text) =>
        from name in RelocationSettings.Names
        from later in lists.Where(list => list.Name == name).Skip(1)
        select $"{name}: line {SxpPosition.Line(text, later.Start)} sets it again, which xend does not see: the first one counts.";
}
