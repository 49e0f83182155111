using System.Reflection;

namespace XenMigrate.Sessions;

/// <summary>Something to be broken of an embedded host: the parameter that asks for it, its value, and what is done, in words.</summary>
internal sealed record EmbeddedFault(string Name, object Value, string Words)
{
    /// <summary>What a cmdlet was asked for by those of its parameters that are faults: what mends all first, the others by name.</summary>
    public static IReadOnlyList<EmbeddedFault> Of(object cmdlet) =>
    [
        .. from property in cmdlet.GetType().GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal)
           from fault in property.GetCustomAttributes<FaultAttribute>()
           orderby fault.IsFirst descending
           from value in Values(property.GetValue(cmdlet))
           select Of(property.Name, value, fault),
    ];

    public override string ToString() => Words;

    /// <summary>Nothing if the parameter was not given; the options of an export are one value, ports are one each.</summary>
    private static IEnumerable<object> Values(object? value) => value switch
    {
        null or SwitchParameter { IsPresent: false } or string[] { Length: 0 } => [],
        string[] words => [string.Join(",", words)],
        int[] numbers => numbers.Cast<object>(),
        _ => [value],
    };

    private static EmbeddedFault Of(string name, object value, FaultAttribute fault) => fault.Off is not null
        ? IsOn(value) ? new(name, true, fault.Words) : new(name, false, fault.Off)
        : new(name, value, string.Format(CultureInfo.InvariantCulture, fault.Words, value is TimeSpan time ? time.TotalSeconds : value));

    private static bool IsOn(object value) => string.Equals((string)value, "On", StringComparison.OrdinalIgnoreCase);
}
