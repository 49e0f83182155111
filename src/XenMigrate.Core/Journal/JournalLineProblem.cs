namespace XenMigrate.Journal;

/// <summary>Why a line tells nothing.</summary>
internal enum JournalLineProblem
{
    /// <summary>It is no entry at all.</summary>
    Unreadable,

    /// <summary>A newer XenMigrate wrote it.</summary>
    NewerVersion,

    /// <summary>A newer XenMigrate knows a kind of entry that does not matter to us.</summary>
    UnknownKind,
}
