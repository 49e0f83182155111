namespace XenMigrate;

/// <summary>What -Placement takes: hashtables of guests and hosts, guests as they were listed, or rows of a table.</summary>
internal static class PlacementArgument
{
    /// <exception cref="PSArgumentException">Something is none of these.</exception>
    public static IReadOnlyList<WantedPlace> Of(IEnumerable<object> given) => [.. given.SelectMany(Of)];

    private static IEnumerable<WantedPlace> Of(object given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        IDictionary table => table.Cast<DictionaryEntry>().Select(entry => new WantedPlace(
            Text(entry.Key) ?? throw Wrong(given), null, Text(entry.Value) ?? throw Wrong(given))),
        _ => [Row(PSObject.AsPSObject(given))],
    };

    private static WantedPlace Row(PSObject row) => new(
        Text(row.Properties["Name"]?.Value) ?? throw Wrong(row),
        Guid.TryParse(Text(row.Properties["Uuid"]?.Value), out Guid uuid) ? uuid : null,
        Text(row.Properties["ComputerName"]?.Value) ?? throw Wrong(row));

    private static string? Text(object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is MigrationHost host ? host.ComputerName
        : LanguagePrimitives.ConvertTo<string>(value) is { Length: > 0 } text ? text : null;

    private static PSArgumentException Wrong(object given) => new(
        $"-Placement takes a hashtable of guests and hosts, as @{{ web1 = 'xen2' }}, or objects with a Name and a ComputerName, as Get-Guest returns them and Import-Csv reads them. This is neither: {given}");
}
