namespace XenMigrate.Shell.Editing;

/// <summary>What a key asks for.</summary>
internal enum EditAction
{
    None,
    Insert,
    NewLine,
    Accept,
    Cancel,
    DeleteOrEnd,
    Clear,
    ClearScreen,
    Complete,
    CompleteBack,
    Older,
    Newer,
    Left,
    Right,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    DeleteLeft,
    Delete,
    DeleteWordLeft,
    DeleteWordRight,
    DeleteToLineStart,
    DeleteToLineEnd,
}
