using System.Collections;
using System.Globalization;

namespace XenMigrate.Help;

/// <summary>What a parameter is in one parameter set.</summary>
internal sealed record ParameterUse(bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName);

/// <summary>What a cmdlet's class says of a parameter.</summary>
internal sealed record ParameterShape(
    string Name,
    Type Type,
    IReadOnlyDictionary<string, ParameterUse> Sets,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    bool TakesWildcards,
    string? Default)
{
    public const string EverySet = "__AllParameterSets";

    private const string Automation = "System.Management.Automation.";

    public bool IsSwitch => Type.Name == "SwitchParameter";

    /// <summary>-WhatIf and -Confirm, which PowerShell adds.</summary>
    public bool IsCommon { get; init; }

    public string TypeName => Type.Name;

    public ParameterUse? In(string set) => Sets.GetValueOrDefault(set) ?? Sets.GetValueOrDefault(EverySet);

    public static ParameterShape Of(PropertyInfo property, object cmdlet)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new(
            property.Name,
            type,
            property.Attributes(Automation + "ParameterAttribute").ToDictionary(SetOf, UseOf),
            Strings(property, "AliasAttribute"),
            ValuesOf(property, type),
            property.Attributes(Automation + "SupportsWildcardsAttribute").Any(),
            Text(property.GetValue(cmdlet)));
    }

    public static ParameterShape Switch(string name, string alias) => new(
        name,
        typeof(SwitchParameter),
        new Dictionary<string, ParameterUse> { [EverySet] = new(false, null, false, false) },
        [alias],
        [],
        false,
        "False") { IsCommon = true };

    private static string SetOf(CustomAttributeData use) => use.Named("ParameterSetName") as string ?? EverySet;

    private static ParameterUse UseOf(CustomAttributeData use) => new(
        use.Named("Mandatory") is true,
        use.Named("Position") as int?,
        use.Named("ValueFromPipeline") is true,
        use.Named("ValueFromPipelineByPropertyName") is true);

    private static string[] ValuesOf(PropertyInfo property, Type type)
    {
        Type item = type.IsArray ? type.GetElementType()! : type;
        return item.IsEnum ? Enum.GetNames(item) : Strings(property, "ValidateSetAttribute");
    }

    private static string[] Strings(PropertyInfo property, string attribute) =>
    [
        .. property.Attributes(Automation + attribute)
            .SelectMany(data => (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
            .Select(value => (string)value.Value!),
    ];

    /// <summary>The value that a parameter has when nobody gives one; null if that is nothing.</summary>
    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        IEnumerable items => Text(string.Join(", ", items.Cast<object>().Select(Text))),
        // Its own ToString is the stand-in's, which PowerShellStandard.Library has.
        { } one when one.GetType().Name == "SwitchParameter" => "False",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "True" : "False",
        _ => null,
    };

    /// <summary>The type of what PowerShell adds, by name: this program is built without PowerShell.</summary>
    private struct SwitchParameter;
}
