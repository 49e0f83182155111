using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Fails until src/XenMigrate/en-US/XenMigrate.dll-Help.xml has all: the message lists what lacks help.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";

    private readonly ModuleRunspace _runspace = new();

    [Fact]
    public void Every_cmdlet_and_parameter_has_help()
    {
        XElement[] commands = Commands();

        string[] lacking = [.. _runspace.Cmdlets().SelectMany(cmdlet => Lacking(cmdlet, commands))];

        Assert.True(lacking.Length == 0, "No help for: " + string.Join(", ", lacking));
    }

    [Fact]
    public void Every_cmdlet_has_two_examples() => Assert.All(
        Commands(),
        command => Assert.True(
            command.Descendants(s_command + "example").Count() > 1,
            (string?)command.Descendants(s_command + "name").FirstOrDefault()));

    [Fact]
    public void PowerShell_finds_the_help()
    {
        string synopsis = _runspace.Run("(Get-Help Get-Guest).Synopsis").Output.Single().ToString().Trim();

        // Without help it makes one up of the syntax.
        Assert.DoesNotContain("[-", synopsis);
    }

    public void Dispose() => _runspace.Dispose();

    private static XElement[] Commands()
    {
        string path = Path.Combine(BuiltModule.Folder, "module/bin/net8.0/en-US/XenMigrate.dll-Help.xml");
        return File.Exists(path) ? [.. XDocument.Load(path).Descendants(s_command + "command")] : [];
    }

    private static string[] Lacking(CmdletInfo cmdlet, XElement[] commands)
    {
        XElement? help = commands.FirstOrDefault(command => (string?)command.Descendants(s_command + "name").FirstOrDefault() == cmdlet.Name);
        if (help is null)
        {
            return [cmdlet.Name];
        }

        string[] described =
        [
            .. help.Elements(s_command + "parameters").Elements(s_command + "parameter")
                .Where(parameter => parameter.Element(s_maml + "description")?.Value.Trim().Length > 0)
                .Select(parameter => parameter.Element(s_maml + "name")!.Value.Trim()),
        ];

        return
        [
            .. cmdlet.Parameters.Keys
                .Except(Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters))
                .Except(described, StringComparer.OrdinalIgnoreCase)
                .Select(parameter => $"{cmdlet.Name} -{parameter}"),
        ];
    }
}
