namespace XenMigrate.Facts;

/// <summary>Reads a host's clock as the first and as the last thing of a survey, with ours around it.</summary>
internal sealed class ClockSurvey
{
    private readonly Survey _survey;
    private readonly string _host;
    private readonly Func<DateTimeOffset> _ours;
    private readonly Func<Answer<ClockTime>> _first;
    private Func<Answer<ClockTime>>? _last;
    private DateTimeOffset _asked;
    private DateTimeOffset _answered;

    /// <param name="survey">The survey, to which nothing was added yet.</param>
    /// <param name="host">The host that it asks.</param>
    /// <param name="ours">Our clock, which nobody sets meanwhile.</param>
    public ClockSurvey(Survey survey, string host, Func<DateTimeOffset> ours)
    {
        _survey = survey;
        _host = host;
        _ours = ours;
        _first = survey.Add(ClockTime.Question(host));
    }

    /// <summary>Runs the survey once everything else was added to it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _last = _survey.Add(ClockTime.Question(_host));
        _asked = _ours();
        await _survey.RunAsync(cancellationToken).ConfigureAwait(false);
        _answered = _ours();
    }

    /// <summary>What came of it, after <see cref="RunAsync"/>.</summary>
    public Answer<ClockReading> Read()
    {
        Answer<ClockTime> first = _first();
        Answer<ClockTime> last = _last!();
        if (first.Value is not { } began || last.Value is not { } ended)
        {
            Answer<ClockTime> silent = first.Value is null ? first : last;
            return new Answer<ClockReading>(null, silent.Problem, silent.Evidence);
        }

        ClockReading reading = ClockReading.Between(_asked, began, ended, _answered);
        // A clock that is left alone goes forward, and no faster than ours.
        return began.Earliest <= ended.Latest && reading.Least <= reading.Most
            ? new Answer<ClockReading>(reading, null, first.Evidence)
            : new Answer<ClockReading>(null, "its clock was set while it was read", last.Evidence);
    }
}
