using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace XenMigrate.Shell.Progress;

/// <summary>Progress in a file: a line when an activity begins, and when it says something new, not more than one a second.</summary>
internal sealed class PlainProgress(TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(long Source, int Activity), (string Line, long At)> _told = [];

    /// <summary>What to write for a record; null for nothing.</summary>
    public string? Line(long source, ProgressRecord record)
    {
        (long, int) key = (source, record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _ = _told.Remove(key);
            return null;
        }

        string percent = record.PercentComplete >= 0
            ? string.Create(CultureInfo.InvariantCulture, $" ({record.PercentComplete} %)")
            : "";
        string line = $"{record.Activity}: {record.StatusDescription}{percent}";
        if (_told.TryGetValue(key, out (string Line, long At) last)
            && (last.Line == line || time.GetElapsedTime(last.At) < s_interval))
        {
            return null;
        }

        _told[key] = (line, time.GetTimestamp());
        return line;
    }

    public void Clear() => _told.Clear();
}
