using System.Collections.Generic;

namespace XenMigrate.Shell.Editing;

/// <summary>Knows what could stand where the cursor is.</summary>
internal interface ICompleter
{
    Completions Complete(string text, int cursor);
}

/// <summary>What could stand in the place of a part of the text.</summary>
internal sealed record Completions(int Start, int Length, IReadOnlyList<Completion> Matches)
{
    public static Completions None { get; } = new(0, 0, []);
}

/// <param name="Text">What to put into the line.</param>
/// <param name="Label">What to call it in a list.</param>
internal sealed record Completion(string Text, string Label);
