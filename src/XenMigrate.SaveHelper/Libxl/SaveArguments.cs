namespace XenMigrate.SaveHelper.Libxl;

/// <summary>What libxl calls its save helper with.</summary>
/// <param name="Stream">The descriptor that the guest's state is written to.</param>
/// <param name="Back">A descriptor from the other end; real, but of no meaning but for other stream types.</param>
/// <param name="Callbacks">A bit for each message that libxl wants to be asked.</param>
/// <param name="StreamType">0 for a plain one; others are checkpointed for ever.</param>
internal sealed record SaveArguments(int Stream, int Back, uint Domain, uint Flags, uint Callbacks, uint StreamType)
{
    public const string Word = "--save-domain";

    public bool IsLive => (Flags & 1) != 0;

    public bool IsPlain => StreamType == 0;

    public bool Wants(MessageKind kind) => (Callbacks & (1u << (int)kind)) != 0;

    /// <summary>The arguments, or null if they are others.</summary>
    public static SaveArguments? Parse(string[] words) =>
        words.Length == 7 && words[0] == Word && Signed(words[1]) is { } stream && Signed(words[2]) is { } back
        && Unsigned(words[3]) is { } domain && Unsigned(words[4]) is { } flags && Unsigned(words[5]) is { } callbacks
        && Unsigned(words[6]) is { } type && stream >= 0
            ? new SaveArguments(stream, back, domain, flags, callbacks, type) : null;

    private static int? Signed(string word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static uint? Unsigned(string word) =>
        uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
}
