namespace XenMigrate;

/// <summary>
/// Takes a plan as it comes back from a file too, where ConvertFrom-Json or Import-Clixml made it an object that only
/// has its properties. Whatever has no Move and Host is left to other parameters.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlanAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is not PSObject read || read.BaseObject is FleetPlan
            || read.Properties["Move"] is not { } moves || read.Properties["Host"] is not { } hosts)
        {
            return inputData;
        }

        try
        {
            return new FleetPlan
            {
                Move = [.. Items(moves).Select(Move)],
                Host = [.. Items(hosts).Select(Host)],
                Order = To<MoveOrder>(read, "Order"),
                GeneratedAt = Time(read),
            };
        }
        catch (Exception e) when (e is PSInvalidCastException or FormatException)
        {
            throw new ArgumentTransformationMetadataException($"This is not a plan as New-MigrationPlan makes it: {e.Message}", e);
        }
    }

    private static PlannedMove Move(PSObject move) => new()
    {
        Name = Needed(move, "Name"),
        Uuid = Text(move, "Uuid") is { } uuid ? Guid.Parse(uuid) : null,
        Source = Needed(move, "Source"),
        Destination = Needed(move, "Destination"),
        MemoryMB = To<long>(move, "MemoryMB"),
        Mode = To<MigrationMode>(move, "Mode"),
        Apart = Text(move, "Apart"),
        Step = Math.Max(1, To<int>(move, "Step")),
    };

    private static FleetHost Host(PSObject host) => new()
    {
        ComputerName = Needed(host, "ComputerName"),
        FreeMemoryMB = To<long>(host, "FreeMemoryMB"),
        Apart = [.. Items(host.Properties["Apart"]).Select(word => LanguagePrimitives.ConvertTo<string>(word))],
    };

    // Windows PowerShell writes a time as '/Date(…)/' and reads it back as one; nothing depends on it.
    private static DateTimeOffset Time(PSObject plan) =>
        LanguagePrimitives.TryConvertTo(plan.Properties["GeneratedAt"]?.Value, CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? time
            : default;

    private static IEnumerable<PSObject> Items(PSPropertyInfo? property) => property?.Value is not { } value
        ? []
        : LanguagePrimitives.GetEnumerable(value) is { } items
            ? items.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject)
            : [PSObject.AsPSObject(value)];

    private static string Needed(PSObject item, string name) =>
        Text(item, name) ?? throw new FormatException($"one of its parts has no {name}.");

    private static string? Text(PSObject item, string name) =>
        LanguagePrimitives.ConvertTo<string>(item.Properties[name]?.Value) is { Length: > 0 } text ? text : null;

    private static T To<T>(PSObject item, string name) =>
        (T)LanguagePrimitives.ConvertTo(item.Properties[name]?.Value ?? 0, typeof(T), CultureInfo.InvariantCulture);
}
