using System;
using System.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class ImportTests : IDisposable
{
    private readonly ModuleRunspace _runspace = new();

    [Theory]
    [InlineData("Import-Module '{0}'")]
    [InlineData("Import-Module '{0}' -Force")]
    [InlineData("Remove-Module XenMigrate; Import-Module '{0}'")]
    [InlineData("Import-Module '{0}' -Force; Import-Module '{0}' -Force; Remove-Module XenMigrate; Import-Module '{0}'")]
    public void The_cmdlets_survive_being_imported_again(string script)
    {
        string[] before = [.. _runspace.Cmdlets().Select(cmdlet => cmdlet.Name)];

        Written written = _runspace.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, BuiltModule.Manifest));

        Assert.Empty(written.Errors);
        Assert.Equal(before, _runspace.Cmdlets().Select(cmdlet => cmdlet.Name));
        Assert.Empty(_runspace.Run("Get-MigrationHost").Errors);
    }

    [Fact]
    public void A_removed_module_leaves_nothing()
    {
        _ = _runspace.Run("Remove-Module XenMigrate");

        Assert.Empty(_runspace.Cmdlets());
    }

    [Fact]
    public void Removing_it_in_one_runspace_leaves_it_to_another()
    {
        using ModuleRunspace other = new();

        _ = _runspace.Run("Remove-Module XenMigrate");
        // Loads the SSH layer, which needs the resolver.
        Written written = other.Run("Connect-MigrationHost 127.0.0.1 -Port 1");

        Assert.Equal(["HostUnreachable"], written.ErrorIds);
    }

    [Fact]
    public void A_host_that_is_no_host_name_is_an_error_of_the_parameter()
    {
        Written written = _runspace.Run("Get-Guest -ComputerName ' '");

        Assert.Contains("A host has a name", Assert.Single(written.Errors).ToString());
    }

    public void Dispose() => _runspace.Dispose();
}
