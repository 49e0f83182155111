using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Xml.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class ShippingTests
{
    private static readonly string[] s_backPorts =
        ["Renci.SshNet.dll", "System.Memory.dll", "System.Text.Json.dll", "XenMigrate.Ssh.dll"];

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Beside_the_module_lies_only_its_engine(string framework) =>
        Assert.Equal(["XenMigrate.Core.dll", "XenMigrate.dll"], Assemblies($"module/bin/{framework}/"));

    [Fact]
    public void PowerShell_7_gets_SshNet_the_embedded_hosts_and_what_they_need() =>
        Assert.Equal(
            [
                "BouncyCastle.Cryptography.dll",
                "Microsoft.Extensions.DependencyInjection.Abstractions.dll",
                "Microsoft.Extensions.Logging.Abstractions.dll",
                "Renci.SshNet.dll",
                "System.Formats.Asn1.dll",
                "System.IO.Hashing.dll",
                "XenMigrate.Embedded.dll",
                "XenMigrate.Ssh.dll",
            ],
            Assemblies("module/bin/net8.0/deps/"));

    [Fact]
    public void Windows_PowerShell_gets_the_base_librarys_back_ports_too() =>
        Assert.Empty(s_backPorts.Except(Assemblies("module/bin/netstandard2.0/deps/")));

    [Fact]
    public void PowerShells_own_assemblies_do_not_ship() =>
        Assert.DoesNotContain(BuiltModule.Files(), path => path.Contains("System.Management.Automation") || path.Contains("PowerShellStandard"));

    [Fact]
    public void Only_files_of_known_kinds_ship() =>
        Assert.Empty(BuiltModule.Files()
            .Select(Path.GetExtension)
            .Except([".dll", ".md", ".ps1", ".ps1xml", ".psd1", ".txt", ".xml", ""]));

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("README.md")]
    [InlineData("XenMigrate.psd1")]
    [InlineData("module/Environment.Tests.ps1")]
    [InlineData("module/XenMigrate.Format.ps1xml")]
    public void It_ships(string path) => Assert.Contains(path, BuiltModule.Files());

    [Fact]
    public void Scripts_and_manifests_parse()
    {
        string[] scripts = [.. Sources("*.ps1"), .. Sources("*.psm1"), .. Sources("*.psd1")];

        Assert.NotEmpty(scripts);
        Assert.All(scripts, path =>
        {
            _ = Parser.ParseFile(path, out _, out ParseError[] errors);
            Assert.Empty(errors);
        });
    }

    [Fact]
    public void Views_are_well_formed() =>
        Assert.All(Sources("*.ps1xml"), path => Assert.NotNull(XDocument.Load(path).Root));

    private static string[] Assemblies(string folder) =>
    [
        .. BuiltModule.Files()
            .Where(path => path.StartsWith(folder, System.StringComparison.Ordinal) && path.EndsWith(".dll", System.StringComparison.Ordinal))
            .Select(path => path[folder.Length..])
            .Where(name => !name.Contains('/')),
    ];

    // What is tracked, not what was built or downloaded.
    private static string[] Sources(string pattern) =>
    [
        .. Directory.EnumerateFiles(BuiltModule.RepositoryRoot, pattern, new EnumerationOptions { RecurseSubdirectories = true })
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "out" or ".git")),
    ];
}
