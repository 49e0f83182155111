namespace XenMigrate.SaveHelper.Libxl;

/// <summary>The messages that libxl's save helper sends it; the number of each is its bit in the callbacks it wants.</summary>
internal enum MessageKind : ushort
{
    Log = 1,
    Progress = 2,
    Suspend = 3,
    Postcopy = 4,
    Checkpoint = 5,
    WaitCheckpoint = 6,
    SwitchQemuLogDirty = 7,
    Complete = 10,
}
