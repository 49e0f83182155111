using System;

namespace XenMigrate.Shell.Editing;

/// <summary>The keys that people know from other shells.</summary>
internal static class KeyBindings
{
    public static EditAction ActionOf(ConsoleKeyInfo key) => key.Modifiers switch
    {
        ConsoleModifiers.Control => WithControl(key.Key),
        ConsoleModifiers.Alt => WithAlt(key.Key),
        ConsoleModifiers.Shift when key.Key == ConsoleKey.Tab => EditAction.CompleteBack,
        ConsoleModifiers.Shift when key.Key == ConsoleKey.Enter => EditAction.NewLine,
        _ => Alone(key),
    };

    private static EditAction Alone(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.Enter => EditAction.Accept,
        ConsoleKey.Tab => EditAction.Complete,
        ConsoleKey.Escape => EditAction.Clear,
        ConsoleKey.UpArrow => EditAction.Older,
        ConsoleKey.DownArrow => EditAction.Newer,
        ConsoleKey.LeftArrow => EditAction.Left,
        ConsoleKey.RightArrow => EditAction.Right,
        ConsoleKey.Home => EditAction.LineStart,
        ConsoleKey.End => EditAction.LineEnd,
        ConsoleKey.Backspace => EditAction.DeleteLeft,
        ConsoleKey.Delete => EditAction.Delete,
        _ => char.IsControl(key.KeyChar) ? EditAction.None : EditAction.Insert,
    };

    private static EditAction WithControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => EditAction.LineStart,
        ConsoleKey.B => EditAction.Left,
        ConsoleKey.C => EditAction.Cancel,
        ConsoleKey.D => EditAction.DeleteOrEnd,
        ConsoleKey.E => EditAction.LineEnd,
        ConsoleKey.F => EditAction.Right,
        ConsoleKey.K => EditAction.DeleteToLineEnd,
        ConsoleKey.L => EditAction.ClearScreen,
        ConsoleKey.N => EditAction.Newer,
        ConsoleKey.P => EditAction.Older,
        ConsoleKey.U => EditAction.DeleteToLineStart,
        ConsoleKey.W => EditAction.DeleteWordLeft,
        ConsoleKey.H or ConsoleKey.Backspace => EditAction.DeleteLeft,
        ConsoleKey.Delete => EditAction.DeleteWordRight,
        ConsoleKey.LeftArrow => EditAction.WordLeft,
        ConsoleKey.RightArrow => EditAction.WordRight,
        // Text that is pasted may end its lines so.
        ConsoleKey.J or ConsoleKey.M or ConsoleKey.Enter => EditAction.Accept,
        _ => EditAction.None,
    };

    private static EditAction WithAlt(ConsoleKey key) => key switch
    {
        ConsoleKey.B or ConsoleKey.LeftArrow => EditAction.WordLeft,
        ConsoleKey.F or ConsoleKey.RightArrow => EditAction.WordRight,
        ConsoleKey.D => EditAction.DeleteWordRight,
        ConsoleKey.Backspace => EditAction.DeleteWordLeft,
        ConsoleKey.Enter => EditAction.NewLine,
        _ => EditAction.None,
    };
}
