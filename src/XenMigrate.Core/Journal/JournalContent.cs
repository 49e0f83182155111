namespace XenMigrate.Journal;

/// <summary>What a journal's file holds.</summary>
internal sealed record JournalContent
{
    /// <summary>The entries that could be read, in order.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];

    /// <summary>Whether the last line has no end: whoever wrote it was stopped in the middle of it.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Whole lines that could not be read.</summary>
    public int UnreadableLines { get; init; }

    /// <summary>Lines that only a newer XenMigrate understands.</summary>
    public int NewerLines { get; init; }

    /// <summary>Lines of kinds that are not known, and that nothing depends on.</summary>
    public int UnknownLines { get; init; }

    public JournalEntry.Begun? Begun => Entries.OfType<JournalEntry.Begun>().FirstOrDefault();

    public JournalEntry.Ended? Ended => Entries.OfType<JournalEntry.Ended>().LastOrDefault();

    /// <summary>How long the last transfer took, with all that its tool does before and after the first and the last byte.</summary>
    public TimeSpan? TransferDuration
    {
        get
        {
            JournalEntry.Stepped[] steps = [.. Entries.OfType<JournalEntry.Stepped>()];
            int end = Array.FindLastIndex(steps, entry => entry.Step == MigrationStep.Reconciling);
            int before = end < 1 ? -1 : Array.FindLastIndex(steps, end - 1, entry => entry.Step == MigrationStep.Reconciling);
            return steps.Take(Math.Max(end, 0)).Skip(before + 1).FirstOrDefault(entry => entry.Step == MigrationStep.CopyingMemory) is { } begin
                ? steps[end].At - begin.At
                : null;
        }
    }

    /// <summary>Whether an offline move came so far that its source gave the guest away: the last step before its start.</summary>
    public bool GaveAway
    {
        get
        {
            MigrationStep[] steps = [.. Entries.OfType<JournalEntry.Stepped>().Select(entry => entry.Step)];
            int saved = Array.LastIndexOf(steps, MigrationStep.Saving);
            return saved >= 0 && Array.IndexOf(steps, MigrationStep.Starting, saved) >= 0;
        }
    }

    /// <summary>What is wrong with the file, a sentence; null if nothing is.</summary>
    public string? Damage
    {
        get
        {
            List<string> damage = [];
            if (IsTorn)
            {
                damage.Add("its last line is cut off");
            }

            if (UnreadableLines > 0)
            {
                damage.Add($"{UnreadableLines} of its lines can't be read");
            }

            if (NewerLines > 0)
            {
                damage.Add($"{NewerLines} of its lines are a newer XenMigrate's");
            }

            if (IsIncomplete)
            {
                damage.Add("lines of it are missing");
            }

            return damage.Count == 0 ? null : $"Of the journal, {string.Join(", ", damage)}.";
        }
    }

    private bool IsIncomplete => UnreadableLines + NewerLines + UnknownLines == 0
        && Entries.Select((entry, i) => entry.Number - i).Any(difference => difference != 1);
}
