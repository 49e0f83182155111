using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

public sealed class FormatTests : IDisposable
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

    [Fact]
    public void Columns_fit_into_100() =>
        Assert.All(_views, view => Assert.InRange(
            view.Descendants("Width").Sum(width => int.Parse(width.Value, null) + 1), 0, 90));

    [Fact]
    public void A_host_that_is_not_connected_is_shown_as_such()
    {
        string text = _runspace.Show("[XenMigrate.Hosts.MigrationHost]'xen1'");

        Assert.Matches(@"ComputerName +State +Toolstack +Xen +Free\(MB\) +Total\(MB\) +User", text);
        Assert.Matches("xen1 +NotConnected", text);
    }

    [Fact]
    public void A_saved_guest_is_one_line()
    {
        string text = _runspace.Show(
            "[XenMigrate.Guests.SavedGuest]::new('web', $null, 'xen1', '/var/lib/xen/save/web', 268435456, '2024-05-06T07:08:09Z')");

        Assert.Matches(@"web +xen1 +256 +2024-05-0\dT\d\d:\d\d:09 +/var/lib/xen/save/web", text);
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
