using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace XenMigrate.Shell.Essentials;

/// <summary>Select-Object: the first, the last, some properties, or the values of one.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

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
        IEnumerable<PSObject> chosen = _objects.Skip(Skip);
        if (First >= 0)
        {
            chosen = chosen.Take(First);
        }
        else if (Last >= 0)
        {
            chosen = chosen.TakeLast(Last);
        }

        foreach (PSObject item in chosen)
        {
            if (ExpandProperty is not null)
            {
                WriteObject(item.Properties[ExpandProperty]?.Value, enumerateCollection: true);
            }
            else
            {
                WriteObject(Property.Length > 0 ? Part(item) : item);
            }
        }
    }

    private PSObject Part(PSObject item)
    {
        PSObject part = new();
        foreach (string pattern in Property)
        {
            WildcardPattern names = new(pattern, WildcardOptions.IgnoreCase);
            PSPropertyInfo[] found = [.. item.Properties.Where(property => names.IsMatch(property.Name))];
            // A property that is not there is there, and null, as with PowerShell's own.
            string[] missing = found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern) ? [pattern] : [];
            foreach ((string name, object? value) in found.Select(p => (p.Name, (object?)p.Value)).Concat(missing.Select(n => (n, (object?)null))))
            {
                if (part.Properties[name] is null)
                {
                    part.Properties.Add(new PSNoteProperty(name, value));
                }
            }
        }

        return part;
    }
}
