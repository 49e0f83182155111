using System.Xml.Linq;

namespace XenMigrate.Help;

/// <summary>The XML that Get-Help reads.</summary>
internal static class Maml
{
    private static readonly XNamespace s_help = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Of(IEnumerable<(CmdletShape Cmdlet, CmdletPage Page)> cmdlets) => new(new XElement(
        s_help + "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        cmdlets.Select(each => Command(each.Cmdlet, each.Page))));

    private static XElement Command(CmdletShape cmdlet, CmdletPage page) => new(
        s_command + "command",
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Name.Split('-')[0]),
            new XElement(s_command + "noun", cmdlet.Name.Split('-')[1]),
            Described(page.Synopsis)),
        Described(page.Description),
        new XElement(s_command + "syntax", cmdlet.ParameterSets.Select(set => Syntax(cmdlet, set))),
        new XElement(s_command + "parameters", cmdlet.Parameters.Select(parameter => Parameter(parameter, page.Parameters.GetValueOrDefault(parameter.Name)))),
        new XElement(s_command + "inputTypes", page.Inputs.Select(type => Typed("inputType", type))),
        new XElement(s_command + "returnValues", page.Outputs.Select(type => Typed("returnValue", type))),
        page.Notes.Count == 0 ? null : new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        // Get-Help -Online opens the first that has an address.
        new XElement(s_maml + "relatedLinks", Link("Online Version:", page.OnlineVersion), page.Links.Select(link => Link(link))));

    private static XElement Syntax(CmdletShape cmdlet, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        cmdlet.InSet(set).Select(parameter => new XElement(
            s_command + "parameter",
            Attributes(parameter, [parameter.In(set)!]),
            new XElement(s_maml + "name", parameter.Name),
            parameter.IsSwitch ? null : parameter.Values.Count > 0 ? ValueGroup(parameter) : Value(parameter))));

    private static XElement Parameter(ParameterShape parameter, HelpText? text) => new(
        s_command + "parameter",
        Attributes(parameter, [.. parameter.Sets.Values]),
        new XElement(s_maml + "name", parameter.Name),
        Described(text?.Paragraphs ?? []),
        Value(parameter),
        new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName), new XElement(s_maml + "uri")),
        new XElement(s_dev + "defaultValue", text?.Default ?? parameter.Default ?? "None"));

    private static IEnumerable<XAttribute> Attributes(ParameterShape parameter, ParameterUse[] uses) =>
    [
        new("required", uses.Any(use => use.IsMandatory)),
        new("variableLength", parameter.Type.IsArray),
        new("globbing", parameter.TakesWildcards),
        new("pipelineInput", Pipeline(uses)),
        new("position", uses.Select(use => use.Position).FirstOrDefault(position => position is not null)?.ToString() ?? "named"),
        new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
    ];

    private static string Pipeline(ParameterUse[] uses)
    {
        string[] routes =
        [
            .. uses.Any(use => use.ByPropertyName) ? ["ByPropertyName"] : (string[])[],
            .. uses.Any(use => use.ByValue) ? ["ByValue"] : (string[])[],
        ];

        return routes.Length == 0 ? "False" : $"True ({string.Join(", ", routes)})";
    }

    private static XElement Value(ParameterShape parameter) => new(
        s_command + "parameterValue",
        new XAttribute("required", !parameter.IsSwitch),
        new XAttribute("variableLength", parameter.Type.IsArray),
        parameter.TypeName);

    private static XElement ValueGroup(ParameterShape parameter) => new(
        s_command + "parameterValueGroup",
        parameter.Values.Select(value => new XElement(
            s_command + "parameterValue",
            new XAttribute("required", false),
            new XAttribute("variableLength", false),
            value)));

    private static XElement Typed(string element, HelpType type) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name)),
        Described(type.Paragraphs));

    private static XElement Example(HelpExample example) => new(
        s_command + "example",
        new XElement(s_maml + "title", example.Title),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Link(string text, string? address = null) => new(
        s_maml + "navigationLink",
        new XElement(s_maml + "linkText", text),
        new XElement(s_maml + "uri", address));

    private static XElement Described(IEnumerable<string> paragraphs) => new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(s_maml + "para", paragraph));
}
