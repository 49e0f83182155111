namespace XenMigrate.Ssh;

/// <summary>Puts values in the place of ssh's percent tokens and of a leading ~ in a path.</summary>
internal sealed class SshTokens(SshEnvironment environment, SshTarget target)
{
    public string Expand(string path)
    {
        StringBuilder expanded = new(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            string? value = path[i] == '%' && i + 1 < path.Length ? Value(path[i + 1]) : null;
            i += value is null ? 0 : 1;
            _ = value is null ? expanded.Append(path[i]) : expanded.Append(value);
        }

        return environment.ExpandHome(expanded.ToString());
    }

    /// <summary>HostName knows only %h, the name as typed, and %%.</summary>
    public static string ExpandHostName(string hostName, string typed) =>
        hostName.Replace("%%", "\0").Replace("%h", typed).Replace('\0', '%');

    private string? Value(char token) => token switch
    {
        '%' => "%",
        'd' => environment.HomeFolder,
        'h' => target.HostName,
        'k' => target.HostKeyAlias ?? target.HostName,
        'n' => target.Name,
        'p' => target.Port.ToString(CultureInfo.InvariantCulture),
        'r' => target.UserName,
        'u' => environment.UserName,
        _ => null,
    };
}
