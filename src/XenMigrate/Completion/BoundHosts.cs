namespace XenMigrate.Completion;

/// <summary>The connected hosts that a command line is about: tab completion asks these, and connects to none.</summary>
internal static class BoundHosts
{
    private static readonly string[] s_hostParameters = ["ComputerName", "MigrationHost", "Cn"];

    /// <summary>Those that the line names, or all if it names none.</summary>
    public static IReadOnlyList<HostSession> Of(IDictionary? fakeBoundParameters)
    {
        object? given = s_hostParameters.Select(name => fakeBoundParameters?[name]).FirstOrDefault(value => value is not null);
        IReadOnlyList<HostSession> all = HostSessions.Current.All;
        if (given is null)
        {
            return all;
        }

        IEnumerable<object> names = LanguagePrimitives.GetEnumerable(given)?.Cast<object>() ?? [given];
        WildcardPattern[] patterns =
        [
            .. names.Select(name => new WildcardPattern(name.ToString() ?? "", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)),
        ];
        return [.. all.Where(host => patterns.Any(pattern => pattern.IsMatch(host.ComputerName)))];
    }
}
