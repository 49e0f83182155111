using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace XenMigrate.Shell.Progress;

/// <summary>What is under way: the last record of each activity, children below their parents.</summary>
internal sealed class Activities
{
    private readonly List<(long Source, ProgressRecord Record)> _records = [];

    public bool IsEmpty => _records.Count == 0;

    public void Apply(long source, ProgressRecord record)
    {
        int index = _records.FindIndex(r => r.Source == source && r.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (index >= 0)
            {
                Remove(_records[index]);
            }

            return;
        }

        if (index >= 0)
        {
            _records[index] = (source, record);
        }
        else
        {
            _records.Add((source, record));
        }
    }

    public void Clear() => _records.Clear();

    public IEnumerable<(ProgressRecord Record, int Depth)> InOrder() =>
        _records.Where(r => Parent(r) is null).SelectMany(root => WithChildren(root, 0));

    private (long Source, ProgressRecord Record)? Parent((long Source, ProgressRecord Record) child) => _records
        .Where(r => r.Source == child.Source && r.Record.ActivityId == child.Record.ParentActivityId && r.Record != child.Record)
        .Select(r => ((long, ProgressRecord)?)r)
        .FirstOrDefault();

    private IEnumerable<(ProgressRecord Record, int Depth)> WithChildren((long Source, ProgressRecord Record) parent, int depth)
    {
        // Two that call each other parent would go on for ever.
        if (depth > 8)
        {
            return [];
        }

        return
        [
            (parent.Record, depth),
            .. Children(parent).SelectMany(child => WithChildren(child, depth + 1)),
        ];
    }

    private void Remove((long Source, ProgressRecord Record) record)
    {
        _ = _records.Remove(record);
        foreach ((long Source, ProgressRecord Record) child in Children(record).ToArray())
        {
            Remove(child);
        }
    }

    private IEnumerable<(long Source, ProgressRecord Record)> Children((long Source, ProgressRecord Record) parent) => _records
        .Where(r => r.Source == parent.Source && r.Record.ParentActivityId == parent.Record.ActivityId && r.Record != parent.Record);
}
