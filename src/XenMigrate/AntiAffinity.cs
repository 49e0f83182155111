namespace XenMigrate;

/// <summary>
/// What -AntiAffinity means: guests for which it has the same value are kept on different hosts. As with Group-Object,
/// it is a script block that gets the guest as $_, or the name of a property of it.
/// </summary>
internal static class AntiAffinity
{
    /// <summary>The value of each guest; null for one that goes with any other. Only on the pipeline thread.</summary>
    /// <exception cref="PSArgumentException">No guest has such a property: a misspelt name must not be ignored.</exception>
    public static IReadOnlyList<string?> WordsOf(object given, IReadOnlyList<Guest> guests)
    {
        object rule = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (rule is ScriptBlock script)
        {
            return [.. guests.Select(guest => Text(script.InvokeWithContext(null, [new PSVariable("_", guest)])))];
        }

        string name = LanguagePrimitives.ConvertTo<string>(rule);
        PSPropertyInfo?[] properties = [.. guests.Select(guest => PSObject.AsPSObject(guest).Properties[name])];
        return guests.Count == 0 || properties.Any(property => property is not null)
            ? [.. properties.Select(property => Text(property?.Value))]
            : throw new PSArgumentException($"-AntiAffinity is '{name}', and guests have no such property. Get-Guest | Get-Member lists the properties that they have.");
    }

    private static string? Text(object? value) =>
        LanguagePrimitives.ConvertTo<string>(value) is { Length: > 0 } text ? text : null;
}
