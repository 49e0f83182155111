namespace XenMigrate.Relocation;

/// <summary>What a change of a host's relocation configuration will do to its file.</summary>
/// <param name="Old">The text that the change was made for.</param>
/// <param name="Text">The text afterwards.</param>
/// <param name="Edits">The changed elements, in order.</param>
/// <param name="Result">What xend makes of the text afterwards.</param>
internal sealed record RelocationPlan(string Old, string Text, IReadOnlyList<SxpEdit> Edits, RelocationConfiguration Result)
{
    public bool ChangesAnything => Old != Text;

    public override string ToString() => string.Join("; ", Edits.Select(edit => edit.ToString()));
}
