namespace XenMigrate.Embedded.PreCopy;

/// <summary>The destination's answers, each a line.</summary>
internal static class Replies
{
    public const string ReadyToReceive = "(ready receive)";
    public const string MemoryReady = "(ready memory)";
    public const string Joined = "(ok joined)";
    public const string Whole = "(ok whole)";
    public const string Running = "(ok running)";
    public const string Mark = "(ok mark)";

    private const string ErrorStart = "(err (type ";
    private const string ValueStart = ") (value '";
    private const string ErrorEnd = "'))";
    private const string QuotedQuote = "\\'";
    private const string BeatStart = "(ok beat ";

    public static string Round(int round) => string.Create(CultureInfo.InvariantCulture, $"(ok round {round})");

    public static string Beat(TimeSpan gap) => string.Create(CultureInfo.InvariantCulture, $"{BeatStart}{gap.TotalSeconds:0.000000})");

    public static string Error(string message) => ErrorStart + "XendError" + ValueStart + Printable(message).Replace("'", QuotedQuote, StringComparison.Ordinal) + ErrorEnd;

    /// <summary>The gap, in a line of <see cref="Beat"/>; null if it is no such line.</summary>
    public static TimeSpan? ParseBeat(string line) => line.StartsWith(BeatStart, StringComparison.Ordinal) && line[^1] == ')'
        && double.TryParse(line[BeatStart.Length..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && seconds is >= 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Reads one answer and sees that it is the right one.</summary>
    /// <exception cref="GuestRefusedException">It is a refusal.</exception>
    public static void Expect(Wire wire, string answer)
    {
        string line = Next(wire);
        if (line != answer)
        {
            throw new TransferException($"the destination answered '{Printable(line)}' instead of '{answer}'");
        }
    }

    /// <summary>Reads one answer that is no refusal.</summary>
    public static string Next(Wire wire)
    {
        string line = wire.ReadLine() ?? throw new TransferException("the destination closed the connection");
        int value = line.IndexOf(ValueStart, StringComparison.Ordinal);
        return !line.StartsWith("(err ", StringComparison.Ordinal) ? line : throw new GuestRefusedException(
            value >= 0 && value + ValueStart.Length + ErrorEnd.Length <= line.Length && line.EndsWith(ErrorEnd, StringComparison.Ordinal)
                ? line[(value + ValueStart.Length)..^ErrorEnd.Length].Replace(QuotedQuote, "'", StringComparison.Ordinal)
                : line);
    }

    private static string Printable(string text)
    {
        string line = string.Concat(text.Split('\r', '\n', '\0'));
        return line.Length <= 1000 ? line : line[..1000];
    }
}
