namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// How long rounds take whose pages were packed. What counts is what a page takes in all, packing and wire; but of
/// megabytes of pages the few kilobytes on the wire may all lie in buffers when the round ends. So their time on the wire,
/// at the rate that the largest round had there, is added to the round's own: an upper bound, as if nothing had been sent
/// meanwhile.
/// </summary>
internal sealed class PackedRounds
{
    private RoundMeasure? _largest;

    /// <summary>Takes note of a round, and says how long it took at most.</summary>
    /// <param name="round">The last one.</param>
    /// <param name="smallestSample">Of so many bytes most were sent, whatever the buffers of pipes, ssh and TCP hold.</param>
    public TimeSpan LongestDuration(RoundMeasure round, long smallestSample)
    {
        if (_largest is null || round.WireBytes > _largest.WireBytes)
        {
            _largest = round;
        }

        return round == _largest || round.WireBytes >= smallestSample
            ? round.Duration
            : round.Duration + (_largest.Duration * (round.WireBytes / (double)Math.Max(1, _largest.WireBytes)));
    }
}
