namespace XenMigrate.Guests;

/// <summary>Which guest a configuration file makes: as xl and xm write it, as libvirt does, or as xend keeps it.</summary>
internal static class ConfiguredGuest
{
    private static readonly Regex s_assignment = Pattern(@"^[ \t]*(?<key>name|uuid)[ \t]*=[ \t]*[""'](?<value>[^""'\r\n]*)[""']", RegexOptions.Multiline);
    private static readonly Regex s_element = Pattern("<(?<key>name|uuid)>(?<value>[^<]*)</");
    private static readonly Regex s_list = Pattern(@"\((?<key>name|uuid)[ \t]+[""']?(?<value>[^""'()\r\n]*)");

    public static RemoteCommand Read(string path) => new("cat", "--", path);

    /// <summary>Its name and uuid, as far as they are told; null if neither is.</summary>
    public static Guest? Of(string text, string host)
    {
        string start = text.TrimStart();
        Regex pattern = start.Length == 0 || start[0] is not ('<' or '(') ? s_assignment : start[0] == '<' ? s_element : s_list;
        Match[] told = [.. pattern.Matches(text).Cast<Match>()];
        string? name = Value("name");
        Guid? uuid = Guid.TryParse(Value("uuid"), out Guid parsed) ? parsed : null;
        return name is null && uuid is null ? null : new Guest { Name = name ?? "", Uuid = uuid, ComputerName = host };

        // libvirt's devices have names too, after the guest's own.
        string? Value(string key) => told.FirstOrDefault(match => match.Groups["key"].Value == key)?.Groups["value"].Value.Trim();
    }

    private static Regex Pattern(string pattern, RegexOptions options = RegexOptions.None) => new(pattern, options | RegexOptions.CultureInvariant);
}
