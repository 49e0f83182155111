namespace XenMigrate.Repair.Moves;

/// <summary>One thing to do to one copy of a guest.</summary>
/// <param name="Action">What.</param>
/// <param name="Host">The host that has the copy.</param>
/// <param name="Copy">The copy, as it was found.</param>
/// <param name="Why">What makes it right.</param>
internal sealed record CopyStep(CopyAction Action, string Host, Guest Copy, string Why)
{
    /// <summary>The guest's own name, for one that is to be renamed.</summary>
    public string? NewName { get; init; }

    /// <summary>How its host wakes a suspended guest, for one that is to be resumed.</summary>
    public XlResume? Waking { get; init; }

    /// <summary>Whether a copy goes on by it that stood still.</summary>
    public bool Wakes => Action is CopyAction.Unpause or CopyAction.Resume;

    /// <summary>The command that does it.</summary>
    public string Command => Action switch
    {
        CopyAction.Destroy => $"{Copy.Toolstack.Tool()} destroy {Copy.Id}",
        CopyAction.Unpause => $"{Copy.Toolstack.Tool()} unpause {Copy.Id}",
        CopyAction.Resume => Waking!.Command(Copy.Id!.Value).ToString(),
        CopyAction.EndRestore => XcRestore.EndByHand(Copy.Id!.Value),
        _ => $"{Copy.Toolstack.Tool()} rename {Copy.Id} {new RemoteCommand(NewName!)}",
    };

    /// <summary>Whether it is the same thing to the same copy, which is as it was; what is renamed may have been woken before.</summary>
    public bool Is(CopyStep other) => (Action, NewName, Host, Copy.Id, Copy.Name) == (other.Action, other.NewName, other.Host, other.Copy.Id, other.Copy.Name)
        && (Action == CopyAction.Rename || Copy.Activity == other.Copy.Activity);

    public override string ToString() => Action switch
    {
        CopyAction.EndRestore => $"End the xc_restore of {Copy.Name} (id {Copy.Id}, {Copy.Activity}), so that xend takes it away; {Why}",
        CopyAction.Rename => $"Give {Copy.Name} (id {Copy.Id}, {Copy.Activity}) its name {NewName} back; {Why}",
        _ => $"{Action} {Copy.Name} (id {Copy.Id}, {Copy.Activity}); {Why}",
    };
}

internal enum CopyAction
{
    Destroy,

    /// <summary>Lets a paused copy go on.</summary>
    Unpause,

    /// <summary>Lets a suspended copy go on.</summary>
    Resume,

    Rename,

    /// <summary>Ends the process that waits for the rest of a copy's memory, whereupon xend takes the copy away.</summary>
    EndRestore,
}
