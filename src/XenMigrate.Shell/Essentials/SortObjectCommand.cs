using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace XenMigrate.Shell.Essentials;

/// <summary>Sort-Object by values or by properties; it keeps the order of equals.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        Comparer<PSObject> comparer = Comparer<PSObject>.Create(Compare);
        WriteObject(Descending ? _objects.OrderDescending(comparer) : _objects.Order(comparer), enumerateCollection: true);
    }

    private int Compare(PSObject a, PSObject b) => Property.Length == 0
        ? Order(a, b)
        : Property.Select(name => Order(a.Properties[name]?.Value, b.Properties[name]?.Value)).FirstOrDefault(order => order != 0);

    private static int Order(object? a, object? b) =>
        LanguagePrimitives.TryCompare(a, b, out int order) ? order : string.CompareOrdinal($"{a}", $"{b}");
}
