namespace XenMigrate.Facts;

/// <summary>What a host tells of itself as a machine: its time, its CPU and its system.</summary>
internal sealed record MachineFacts
{
    /// <summary>How far its clock is ahead of ours.</summary>
    public required Answer<ClockReading> Clock { get; init; }

    public required Answer<TimeSynchronisation> Synchronisation { get; init; }

    public required Answer<Uptime> Uptime { get; init; }

    public required Answer<Processor> Processor { get; init; }

    public required Answer<SystemRelease> Release { get; init; }

    /// <summary>Adds the questions to a survey; call what it returns once that has ended.</summary>
    public static Func<MachineFacts> Ask(Survey survey, string host, ClockSurvey clock)
    {
        Func<Answer<TimeSynchronisation>> synchronisation = survey.Add(TimeSynchronisation.Question(host));
        Func<Answer<Uptime>> uptime = survey.Add(Facts.Uptime.Question(host));
        Func<Answer<Processor>> processor = survey.AddLasting(Facts.Processor.Question(host));
        Func<Answer<SystemRelease>> release = survey.AddLasting(SystemRelease.Question(host));
        return () => new MachineFacts
        {
            Clock = clock.Read(),
            Synchronisation = synchronisation(),
            Uptime = uptime(),
            Processor = processor(),
            Release = release(),
        };
    }

    public static MachineFacts Unknown(string host, string problem) => new()
    {
        Clock = Answer<ClockReading>.None(host, problem),
        Synchronisation = Answer<TimeSynchronisation>.None(host, problem),
        Uptime = Answer<Uptime>.None(host, problem),
        Processor = Answer<Processor>.None(host, problem),
        Release = Answer<SystemRelease>.None(host, problem),
    };
}
