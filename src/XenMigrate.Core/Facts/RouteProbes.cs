namespace XenMigrate.Facts;

/// <summary>Tries the ways from one host to others, all at once in one remote execution there.</summary>
internal static class RouteProbes
{
    /// <param name="source">Where they begin.</param>
    /// <param name="routes">The ways.</param>
    /// <param name="tool">What goes that way, for the message about an address that it would not take.</param>
    /// <param name="question">What to ask there, by the way and its place in the list.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>An answer for each way, in order.</returns>
    public static async Task<IReadOnlyList<Answer<T>>> TryAsync<T>(
        HostEnd source,
        IReadOnlyList<Route> routes,
        string tool,
        Func<Route, int, Question<T>> question,
        CancellationToken cancellationToken)
        where T : class
    {
        if (source.Session is not { } host)
        {
            return [.. routes.Select(_ => Answer<T>.None(source.Name, source.Problem ?? "there is no session"))];
        }

        IHostShell shell = host.Shell;
        Probe<T>[] probes = [.. routes.Select((route, index) => XlMigrate.IsAddress(route.Address)
            ? new Probe<T>(source.Name, shell, question(route, index))
            : new Probe<T>(source.Name, shell, $"'{route.Address}' is no address that {tool} would take"))];
        Probe<T>[] open = [.. probes.Where(probe => probe.IsOpen)];
        try
        {
            await Survey.RunAtOnceAsync(shell, [.. open.Select(probe => probe.Survey)], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (XenMigrateException e) when (open.Length > 1 && e is HostTimeoutException or OutputNotUnderstoodException)
        {
            // A way that hangs, or whose end floods us, must not hide what the others are like.
            await Task.WhenAll(open.Select(probe => probe.TryAloneAsync(cancellationToken))).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            foreach (Probe<T> probe in open)
            {
                probe.Problem = e.Message;
            }
        }

        return [.. probes.Select(probe => probe.Answer)];
    }

    private sealed class Probe<T>(string source, IHostShell shell)
        where T : class
    {
        private readonly Func<Answer<T>>? _answer;

        public Probe(string source, IHostShell shell, string problem)
            : this(source, shell) => Problem = problem;

        public Probe(string source, IHostShell shell, Question<T> question)
            : this(source, shell) => _answer = Survey.Add(question);

        public Survey Survey { get; } = new(shell);

        /// <summary>Why there is no answer; null while there may be one.</summary>
        public string? Problem { get; set; }

        public bool IsOpen => Problem is null;

        public Answer<T> Answer => IsOpen && _answer is not null ? _answer() : Answer<T>.None(source, Problem ?? "it was not asked");

        public async Task TryAloneAsync(CancellationToken cancellationToken)
        {
            try
            {
                await Survey.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                Problem = e.Message;
            }
        }
    }
}
