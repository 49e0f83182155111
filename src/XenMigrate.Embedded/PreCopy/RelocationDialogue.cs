namespace XenMigrate.Embedded.PreCopy;

/// <summary>What one can say to xend's relocation port, a line each, with or without parentheses.</summary>
internal static class RelocationDialogue
{
    /// <summary>Talks until a guest comes: true; or the peer wants no more: false.</summary>
    public static bool Run(Wire wire)
    {
        while (wire.ReadLine() is { } line)
        {
            switch (line.Trim().Trim('(', ')'))
            {
                case "receive":
                    wire.WriteLine(Replies.ReadyToReceive);
                    return true;
                case "help":
                    wire.WriteLine("(ok (help quit receive))");
                    break;
                case "quit":
                    return false;
                case "":
                    break;
                case string other:
                    wire.WriteLine(Replies.Error($"Invalid operation: {other}"));
                    break;
            }
        }

        return false;
    }
}
