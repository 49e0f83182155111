using System.Management.Automation;
using System.Management.Automation.Language;

namespace XenMigrate.Help.Tests;

public sealed class ExampleTests
{
    private static readonly Dictionary<string, CmdletShape> s_cmdlets =
        Pages.Cmdlets.ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);

    public static TheoryData<string> CmdletNames => [.. Pages.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Examples_are_PowerShell_and_use_parameters_that_exist(string name)
    {
        foreach (HelpExample example in Pages.Of(s_cmdlets[name]).Examples)
        {
            ScriptBlockAst script = Parser.ParseInput(example.Code, out _, out ParseError[] errors);

            Assert.Empty(errors.Select(error => error.Message));
            Assert.Empty(script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
                .Cast<CommandAst>()
                .SelectMany(Wrong)
                .Select(wrong => $"{example.Title}: {wrong}"));
        }
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Examples_are_of_the_cmdlet_that_they_stand_with(string name) => Assert.All(
        Pages.Of(s_cmdlets[name]).Examples,
        example => Assert.Contains(name, example.Code, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is said of our own cmdlets and is not so; other people's are theirs.</summary>
    private static IEnumerable<string> Wrong(CommandAst command)
    {
        string? name = command.GetCommandName();
        if (name is null || !s_cmdlets.TryGetValue(name, out CmdletShape? cmdlet))
        {
            return name is not null && name.Split('-') is [_, string noun] && Nouns().Contains(noun) ? [$"there is no {name}"] : [];
        }

        return command.CommandElements.OfType<CommandParameterAst>()
            .Select(parameter => parameter.ParameterName)
            .Where(parameter => !Known(cmdlet).Contains(parameter, StringComparer.OrdinalIgnoreCase))
            .Select(parameter => $"{name} has no -{parameter}");
    }

    private static IEnumerable<string> Known(CmdletShape cmdlet) => cmdlet.Parameters
        .SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))
        .Concat(Cmdlet.CommonParameters);

    private static IEnumerable<string> Nouns() => Pages.Cmdlets.Select(cmdlet => cmdlet.Name.Split('-')[1]);
}
