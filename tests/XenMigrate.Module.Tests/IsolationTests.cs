using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class IsolationTests : IDisposable
{
    private readonly ModuleRunspace _runspace = new();

    [Fact]
    public void Another_modules_SshNet_does_not_meet_ours()
    {
        Assembly foreign = typeof(Renci.SshNet.SshClient).Assembly;

        // Ours does its work although the foreign one is in the default context already.
        Assert.Equal(["HostUnreachable"], _runspace.Run("Connect-MigrationHost 127.0.0.1 -Port 1").ErrorIds);

        AssemblyLoadContext context = Assert.Single(AssemblyLoadContext.All, c => c.Name == "XenMigrate.Dependencies");
        Assembly ours = Assert.Single(context.Assemblies, assembly => assembly.GetName().Name == "Renci.SshNet");
        Assert.NotSame(foreign, ours);
        Assert.StartsWith(Path.Combine(BuiltModule.Folder, "module"), ours.Location);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(foreign));
    }

    [Fact]
    public void Another_modules_hashing_does_not_meet_ours()
    {
        Assembly foreign = typeof(System.IO.Hashing.XxHash3).Assembly;

        // A move hashes every batch, which the foreign one can't.
        Written written = _runspace.Run(
            "$null = Connect-MigrationHost -Embedded; Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live");

        Assert.Empty(written.Errors);
        AssemblyLoadContext context = Assert.Single(AssemblyLoadContext.All, c => c.Name == "XenMigrate.Dependencies");
        Assert.NotSame(foreign, Assert.Single(context.Assemblies, assembly => assembly.GetName().Name == "System.IO.Hashing"));
        Assert.Contains(context.Assemblies, assembly => assembly.GetName().Name == "XenMigrate.Embedded");
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(foreign));
    }

    [Fact]
    public void The_engine_is_shared_by_both_sides()
    {
        _ = _runspace.Run("Connect-MigrationHost 127.0.0.1 -Port 1");

        Assembly engine = Assert.Single(
            AssemblyLoadContext.All.SelectMany(context => context.Assemblies),
            assembly => assembly.GetName().Name == "XenMigrate.Core");
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(engine));
    }

    [Fact]
    public void Nothing_of_ours_but_the_module_and_its_engine_is_in_the_default_context()
    {
        _ = _runspace.Run("Connect-MigrationHost 127.0.0.1 -Port 1");

        Assert.Equal(
            ["XenMigrate", "XenMigrate.Core"],
            AssemblyLoadContext.Default.Assemblies
                .Where(assembly => assembly.Location.StartsWith(BuiltModule.Folder, StringComparison.Ordinal))
                .Select(assembly => assembly.GetName().Name)
                .Order());
    }

    [Fact]
    public void The_module_does_not_name_a_type_of_SshNet()
    {
        Assembly module = _runspace.Cmdlets()[0].ImplementingType.Assembly;

        Assert.DoesNotContain(module.GetReferencedAssemblies(), name => name.Name is "Renci.SshNet" or "System.IO.Hashing");
    }

    public void Dispose() => _runspace.Dispose();
}
