using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Xunit;
using Xunit.Abstractions;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class FormatTests(ITestOutputHelper output) : IDisposable
{
    private readonly ModuleRunspace _runspace = new();
    private readonly XElement[] _views =
        [.. XDocument.Load(Path.Combine(BuiltModule.Folder, "module/XenMigrate.Format.ps1xml")).Descendants("View")];

    [Fact]
    public void Every_output_type_has_a_table_and_a_list()
    {
        string[] types = [.. OutputTypes().Select(type => type.FullName!)];

        Assert.NotEmpty(types);
        Assert.Empty(types.Except(Views("TableControl")));
        Assert.Empty(types.Except(Views("ListControl")));
    }

    [Fact]
    public void Every_property_of_a_view_exists() =>
        Assert.All(_views, view =>
        {
            Type type = Core().GetType(TypeName(view).Split('#')[0], throwOnError: true)!;
            Assert.All(
                view.Descendants("PropertyName").Select(name => name.Value),
                name => Assert.True(type.GetProperty(name) is not null, $"{type}.{name}"));
        });

    [Fact]
    public void A_list_shows_every_property() =>
        Assert.All(_views.Where(view => view.Element("ListControl") is not null), view =>
        {
            Type type = Core().GetType(TypeName(view).Split('#')[0], throwOnError: true)!;
            Assert.Empty(type.GetProperties().Select(property => property.Name)
                .Except(view.Descendants("PropertyName").Select(name => name.Value)));
        });

    [Theory]
    [InlineData("Environment.CheckResult", "Id = 'XM-NET-01'; Status = 'Failed'; Source = 'xen1'; Destination = 'xen2'; Guest = 'web'; Message = 'xen2 has no bridge xenbr1, which web uses.'")]
    [InlineData("Repair.RepairResult", "Id = 'XM-REL-01'; Outcome = 'Repaired'; Status = 'Passed'; Source = 'xen1'; Destination = 'xen2'; Action = [string[]]'xen2: Start xend, which does not run (service xend start)'")]
    [InlineData("Environment.MigrationReport", "Source = 'xen1'; Destination = 'xen2'; Guest = [string[]]('web', 'db')")]
    [InlineData("Guests.Guest", "Name = 'a-name-that-is-longer-than-its-column'; Id = 12345; State = 'MigratedAway'; Type = 'HVM'; MemoryMB = 1048576; VCpu = 128; CpuTime = '400.01:02:03'; ComputerName = 'xen1.example.org'")]
    [InlineData("Migration.MigrationResult", "Name = 'web'; Source = 'xen1'; Destination = 'xen2'; Mode = 'Offline'; Outcome = 'FailedSourceSuspended'; Duration = '00:01:02.5'; Downtime = '00:00:00.34'")]
    [InlineData("Migration.MigrationResult", "Name = 'testvm2'; Source = 'et-virt08'; Destination = 'et-virt07'; Mode = 'LiveThenOffline'; Outcome = 'Succeeded'; Duration = '00:00:12.5'; Downtime = '00:00:00.0042'")]
    [InlineData("Downtime.GuestDowntime", "Name = 'testvm1'; Outage = '00:00:00.0042'; ProbeCount = 12; Basis = 'Console'; Recovered = $true; Duration = '00:00:03.1'; ClockJump = '-00:00:00.002'")]
    public void A_table_has_all_its_columns_in_100(string type, string properties)
    {
        string text = _runspace.Show($"[XenMigrate.{type}]@{{ {properties} }}");

        output.WriteLine(text);
        string[] labels =
        [
            .. _views.First(view => TypeName(view) == "XenMigrate." + type && view.Element("TableControl") is not null)
                .Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value),
        ];
        Assert.Matches(string.Join(" +", labels.Select(System.Text.RegularExpressions.Regex.Escape)), text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Rounds_are_a_table()
    {
        string text = _runspace.Show(
            "[XenMigrate.Migration.MigrationIteration]::new(1, 3600, 14800000, '00:00:00.019', 1210, '00:00:00.0122', 'Continue', 'more than allowed')");

        Assert.Matches(@"Round +Pages +Dirtied +Duration +MiB/s +Pause +Decision +Reason", text);
        Assert.Matches(@"1 +3,600 +1,210 +0\.019 s +743 +0\.012 s +Continue +more than allowed", text);
    }

    [Theory]
    [InlineData("00:00:00.0042", "0.004 s")]
    [InlineData("00:00:00.34", "0.34 s")]
    [InlineData("00:00:01.234", "1.2 s")]
    public void A_downtime_reads_well(string downtime, string shown) => Assert.Contains(
        $" {shown} ",
        _runspace.Show($"[XenMigrate.Migration.MigrationResult]@{{ Name = 'web'; Source = 'a'; Destination = 'b'; Downtime = '{downtime}' }}"));

    [Fact]
    public void A_host_that_is_not_connected_is_shown_as_such()
    {
        string text = _runspace.Show("[XenMigrate.Hosts.MigrationHost]'xen1'");

        Assert.Matches(@"ComputerName +State +Toolstack +Free\(MB\) +Total\(MB\) +Xen", text);
        Assert.Matches("xen1 +NotConnected", text);
    }

    [Fact]
    public void A_saved_guest_is_one_line()
    {
        string text = _runspace.Show(
            "[XenMigrate.Guests.SavedGuest]::new('web', $null, 'xen1', '/var/lib/xen/save/web', 268435456, '2024-05-06T07:08:09Z')");

        Assert.Matches(@"web +xen1 +256 +2024-05-0\d \d\d:\d\d +/var/lib/xen/save/web", text);
    }

    public void Dispose() => _runspace.Dispose();

    private Assembly Core() => _runspace.Cmdlets().SelectMany(cmdlet => cmdlet.OutputType)
        .Select(output => output.Type?.Assembly)
        .First(assembly => assembly?.GetName().Name == "XenMigrate.Core")!;

    private IEnumerable<Type> OutputTypes() => _runspace.Cmdlets()
        .SelectMany(cmdlet => cmdlet.OutputType)
        .Select(output => output.Type)
        .Where(type => type?.Assembly == Core())
        .Distinct();

    private IEnumerable<string> Views(string control) =>
        _views.Where(view => view.Element(control) is not null).Select(TypeName);

    private static string TypeName(XElement view) => view.Descendants("TypeName").Single().Value;
}
