using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class ManifestTests : IDisposable
{
    private readonly ModuleRunspace _runspace = new();

    [Fact]
    public void The_manifest_is_valid()
    {
        PSModuleInfo module = (PSModuleInfo)_runspace
            .Run($"Test-ModuleManifest '{BuiltModule.Manifest}' -ErrorAction Stop").Output.Single().BaseObject;

        Assert.Equal(BuiltModule.Version, module.Version.ToString());
        Assert.Equal(["Core", "Desktop"], module.CompatiblePSEditions.Order());
    }

    [Fact]
    public void It_exports_every_cmdlet_type_and_nothing_else()
    {
        Assembly assembly = _runspace.Cmdlets()[0].ImplementingType.Assembly;
        string[] types =
        [
            .. assembly.GetExportedTypes()
                .Select(type => type.GetCustomAttribute<CmdletAttribute>())
                .OfType<CmdletAttribute>()
                .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
                .Order(),
        ];

        Assert.Equal(types, _runspace.Cmdlets().Select(cmdlet => cmdlet.Name).Order());
        Assert.Equal(types, ManifestNames().Order());
    }

    [Fact]
    public void README_and_the_Pester_suite_list_every_cmdlet()
    {
        string[] names = ManifestNames();
        string readme = File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, "README.md"));
        string suite = File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, "tests/pester/Module.Tests.ps1"));

        Assert.All(names, name => Assert.Contains($"`{name}`", readme));
        Assert.All(names, name => Assert.Contains($"'{name}'", suite));
        Assert.Contains($"Should -HaveCount {names.Length}", suite);
    }

    [Fact]
    public void The_working_copys_manifest_finds_its_files_in_place() =>
        Assert.All(
            ["XenMigrate.psd1", "module/XenMigrate.Format.ps1xml", "module/bin/net8.0/XenMigrate.dll", "module/bin/netstandard2.0/XenMigrate.dll"],
            path => Assert.True(File.Exists(Path.Combine(BuiltModule.RepositoryRoot, path)), path));

    [Fact]
    public void The_assemblies_carry_the_manifests_version() =>
        Assert.Equal(
            BuiltModule.Version + ".0",
            AssemblyName.GetAssemblyName(Path.Combine(BuiltModule.Folder, "module/bin/netstandard2.0/XenMigrate.dll")).Version!.ToString());

    [Fact]
    public void Cmdlet_types_are_sealed() =>
        Assert.All(_runspace.Cmdlets(), cmdlet => Assert.True(cmdlet.ImplementingType.IsSealed, cmdlet.Name));

    [Theory]
    [InlineData(ConfirmImpact.High, "Disable-Relocation", "Enable-Relocation", "Repair-GuestMigration", "Repair-MigrationEnvironment", "Resume-MigrationHost", "Set-RelocationConfiguration", "Stop-Guest", "Suspend-MigrationHost")]
    [InlineData(ConfirmImpact.Medium, "Install-MigrationHelper", "Move-Guest", "Restore-Guest", "Resume-Guest", "Save-Guest", "Start-Guest", "Suspend-Guest", "Undo-GuestMigration", "Uninstall-MigrationHelper")]
    [InlineData(ConfirmImpact.Low, "Export-MigrationReport", "Set-EmbeddedHost")]
    public void What_changes_something_asks_by_its_impact(ConfirmImpact impact, params string[] names) => Assert.Equal(
        names,
        _runspace.Cmdlets()
            .Where(cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: true } asks
                && asks.ConfirmImpact == impact)
            .Select(cmdlet => cmdlet.Name)
            .Order());

    public void Dispose() => _runspace.Dispose();

    private string[] ManifestNames() =>
    [
        .. _runspace.Run($"(Test-ModuleManifest '{BuiltModule.Manifest}').ExportedCmdlets.Keys").Output
            .Select(name => name.ToString()),
    ];
}
