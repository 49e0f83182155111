using System;
using System.Management.Automation.Host;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Hosting;

/// <summary>The screen's size, colours and keys. Its cells can't be read back, as on any terminal.</summary>
internal sealed class RawInterface(Screen screen) : PSHostRawUserInterface
{
    // A terminal does not tell its own; these are what PowerShell takes for them.
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => WindowSize;
        set => throw Unsupported();
    }

    public override Size WindowSize
    {
        get => new(screen.Terminal.Width, screen.Terminal.Height);
        set => throw Unsupported();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Unsupported();
    }

    public override Coordinates CursorPosition
    {
        get => throw Unsupported();
        set => screen.Write($"\e[{value.Y + 1};{value.X + 1}H");
    }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle
    {
        get;
        set
        {
            field = value;
            if (screen.Terminal.IsScreen)
            {
                screen.Write($"\e]0;{value}\a");
            }
        }
    } = "XenMigrate";

    public override bool KeyAvailable => !screen.Terminal.IsInputRedirected && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (screen.Terminal.IsInputRedirected)
        {
            throw new HostException("Nobody sits at this shell to press a key.");
        }

        ConsoleKeyInfo key = screen.Terminal.ReadKey();
        ControlKeyStates states = (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0);
        return new KeyInfo((int)key.Key, key.KeyChar, states, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            _ = screen.Terminal.ReadKey();
        }
    }

    // Clear-Host and its like ask for the whole screen to be blank.
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => screen.Write("\e[H\e[2J");

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    public override int LengthInBufferCells(string source) => Cells.Of(source);

    public override int LengthInBufferCells(string source, int offset) => Cells.Of(source[offset..]);

    public override int LengthInBufferCells(char source) => Cells.OfElement(source.ToString());

    private static NotSupportedException Unsupported() => new("A terminal does not offer that.");
}
