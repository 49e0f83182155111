namespace XenMigrate.Failures;

/// <summary>Why a tool failed, as the words that it wrote tell, and what a user should do about it.</summary>
/// <param name="errorId">The id under which it is reported.</param>
/// <param name="words">
/// The words of the tool, in any case: | between alternatives, * for what stands between two words. They are the tool's own
/// sentences, never a word that a guest's name or a banner might hold.
/// </param>
/// <param name="advice">What to do, with {guest}, {source}, {destination} and {address} (of the destination, as the source knows it).</param>
internal sealed class FailureCause(string errorId, string words, string advice)
{
    private readonly OrderedText _words = new(words, StringComparison.OrdinalIgnoreCase);

    public string ErrorId => errorId;

    public bool IsReportedBy(string line) => _words.IsIn(line);

    /// <summary>What to do when it happened between two hosts, or on one, which is source and destination then.</summary>
    public string Advice(string guest, string source, string destination, string address) => advice
        .Replace("{guest}", guest)
        .Replace("{source}", source)
        .Replace("{destination}", destination)
        .Replace("{address}", address);
}
