namespace XenMigrate.Help;

/// <summary>What a cmdlet's class says of it.</summary>
internal sealed record CmdletShape(string Name, IReadOnlyList<string> ParameterSets, IReadOnlyList<ParameterShape> Parameters)
{
    private const string Automation = "System.Management.Automation.";

    public static IEnumerable<CmdletShape> AllOf(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.Attribute(Automation + "CmdletAttribute") is not null)
        .Select(Of)
        .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal);

    /// <summary>The parameters of a set as a syntax shows them: by position, then those that are needed, then the rest.</summary>
    public IEnumerable<ParameterShape> InSet(string set) => Parameters
        .Where(parameter => parameter.In(set) is not null)
        .OrderBy(parameter => parameter.In(set)!.Position ?? int.MaxValue)
        .ThenBy(parameter => !parameter.In(set)!.IsMandatory)
        .ThenBy(parameter => parameter.IsCommon);

    private static CmdletShape Of(Type type)
    {
        CustomAttributeData cmdlet = type.Attribute(Automation + "CmdletAttribute")!;
        object instance = Activator.CreateInstance(type)!;
        List<ParameterShape> parameters = [.. Properties(type).Select(property => ParameterShape.Of(property, instance))];
        if (cmdlet.Named("SupportsShouldProcess") is true)
        {
            parameters.Add(ParameterShape.Switch("WhatIf", "wi"));
            parameters.Add(ParameterShape.Switch("Confirm", "cf"));
        }

        string? first = cmdlet.Named("DefaultParameterSetName") as string;
        string[] sets =
        [
            .. parameters.SelectMany(parameter => parameter.Sets.Keys)
                .Where(set => set != ParameterShape.EverySet)
                .Distinct()
                .OrderBy(set => set != first),
        ];

        return new(
            $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}",
            sets.Length == 0 ? [ParameterShape.EverySet] : sets,
            parameters);
    }

    /// <summary>A class's own parameters first, as PowerShell has them too.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties()
        .Where(property => property.Attributes(Automation + "ParameterAttribute").Any(use => use.Named("DontShow") is not true))
        .DistinctBy(property => property.Name);
}
