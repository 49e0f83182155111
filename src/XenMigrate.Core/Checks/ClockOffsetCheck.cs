namespace XenMigrate.Checks;

/// <summary>A guest that takes its time from its host jumps by what the two hosts' clocks differ.</summary>
internal sealed class ClockOffsetCheck() : HostCheck("XM-TIM-01", "Both hosts have the same time", CheckCategory.Time, "ClockSkewExceeded")
{
    protected override Finding Examine(PairFacts pair) => Examine(pair, new Moving(Live: true));

    protected override Finding Examine(PairFacts pair, Moving moving)
    {
        Answer<ClockReading> here = pair.Source.Machine.Clock;
        Answer<ClockReading> there = pair.Destination.Machine.Clock;
        if (here.Value is not { } source || there.Value is not { } destination)
        {
            return Unknown(here.Value is null ? here : there);
        }

        // How far the destination is ahead of the source: between these for certain.
        Difference ahead = new(destination.Least - source.Most, destination.Most - source.Least);
        TimeSpan tolerance = moving.Settings.ClockTolerance;
        TimeSpan failure = moving.Settings.ClockFailure;
        bool isSourceWrong = source.Offset.Duration() > destination.Offset.Duration();
        Evidence evidence = (isSourceWrong ? here : there).Evidence;
        string found = $"The clock of {pair.Destination.Host} is {ahead.Amount} {ahead.Direction} {pair.Source.Host}'s";
        if (ahead.Largest <= tolerance)
        {
            return Passed(found + ".", evidence);
        }

        if (ahead.Smallest <= tolerance && ahead.Largest > failure)
        {
            return Unknown(
                $"{found}: the answers took too long to tell whether that is too much.",
                $"Run on {pair.Source.Host} and on {pair.Destination.Host} at the same time: {ClockTime.Command}",
                evidence);
        }

        return new Finding(
            ahead.Smallest > failure ? CheckStatus.Failed : CheckStatus.Warning,
            $"{found}{Doubt(ahead, tolerance, failure)}; a guest's clock may jump by as much.")
        {
            Expected = $"at most {Durations.Words(tolerance)} apart",
            Actual = ahead.Amount,
            Remediation = Remedy(pair, isSourceWrong, isSourceWrong ? source : destination),
            Evidence = evidence,
        };
    }

    private static string Doubt(Difference ahead, TimeSpan tolerance, TimeSpan failure) =>
        ahead.Smallest <= tolerance ? $", which may or may not be more than {Durations.Words(tolerance)}"
        : ahead.Smallest <= failure && ahead.Largest > failure ? $", which may or may not be more than {Durations.Words(failure)}"
        : "";

    private static string Remedy(PairFacts pair, bool isSourceWrong, ClockReading wrong)
    {
        string host = isSourceWrong ? pair.Source.Host : pair.Destination.Host;
        return $"On {host}, whose clock is the farther one from this machine's ({Durations.Words(wrong.Offset)}), let NTP set it: chronyc makestep, "
            + "or service ntpd stop; ntpdate SERVER; service ntpd start. Keep NTP running on both hosts, and in the guest.";
    }

    /// <summary>A difference of two clocks, which lies between two bounds.</summary>
    private sealed record Difference(TimeSpan Least, TimeSpan Most)
    {
        public TimeSpan Largest => Least.Duration() > Most.Duration() ? Least.Duration() : Most.Duration();

        /// <summary>0 if the bounds leave open which clock is ahead.</summary>
        public TimeSpan Smallest => Least <= TimeSpan.Zero && Most >= TimeSpan.Zero ? TimeSpan.Zero
            : Least.Duration() < Most.Duration() ? Least.Duration() : Most.Duration();

        public string Amount => $"{Durations.Words(Middle)} (± {Durations.Words(TimeSpan.FromTicks((Most - Least).Ticks / 2))})";

        public string Direction => Middle < TimeSpan.Zero ? "behind" : "ahead of";

        private TimeSpan Middle => TimeSpan.FromTicks((Least.Ticks / 2) + (Most.Ticks / 2));
    }
}
