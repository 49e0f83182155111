namespace XenMigrate;

/// <content>The moves that are meant.</content>
public sealed partial class RepairGuestMigrationCommand
{
    private IEnumerable<(object Target, MoveTrace Trace)> Traces(LogFolder folder) => ParameterSetName switch
    {
        MigrationSet => Migration.Select(move => ((object)move, MoveTrace.Of(move))),
        ResultSet => Result.Select(result => ((object)result, MoveTrace.Of(result))),
        _ => Name.SelectMany(name => NamesOf(name, folder))
            .Select(name => ((object)name, new MoveTrace(name, null, ComputerName.ComputerName, Destination.ComputerName) { From = Known(ComputerName), To = Known(Destination) })),
    };

    /// <summary>The name; for a pattern, the names that fit it of moves between the hosts that are not known to have ended.</summary>
    private IEnumerable<string> NamesOf(string name, LogFolder folder)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [WildcardPattern.Unescape(name)];
        }

        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return Require(() => JournalFolder.NamesOfUnsettled(folder.Of(ComputerName.Session), Known(ComputerName), Known(Destination)))
            .Where(pattern.IsMatch);
    }

    private NamedHost Known(MigrationHost host) => (host.Session ?? Sessions.Find(host.ComputerName))?.Named ?? host.ComputerName;
}
