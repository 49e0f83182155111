namespace XenMigrate;

/// <summary>A cmdlet that takes guests in, and then moves them, a few at a time.</summary>
public abstract class BatchMoveCmdlet : MoveCmdlet
{
    private readonly List<GuestMove> _moves = [];
    private readonly List<(MigrationResult Result, object Target)> _refused = [];
    private volatile JobAudience? _job;

    /// <summary>What was taken in.</summary>
    private protected IReadOnlyList<GuestMove> Moves => _moves;

    /// <summary>How many of them may leave one host at a time, and how many come to one.</summary>
    private protected virtual int? MovesPerHost => null;

    private protected void Add(GuestMove move) => _moves.Add(move);

    /// <summary>Takes in the moves of a plan, and tells of the guests that it has no place for.</summary>
    private protected async Task AddAsync(FleetPlan plan, CancellationToken cancellationToken)
    {
        foreach (UnplacedGuest guest in plan.Unplaced)
        {
            _refused.Add((guest.Refuse(string.Join(", ", plan.Host.Select(host => host.ComputerName)), MovesLive), guest));
        }

        Dictionary<string, HostEnd> ends = (await ConnectAsync(
                plan.Move.SelectMany(move => new[] { move.Source, move.Destination }).Select(name => new MigrationHost(name)),
                cancellationToken).ConfigureAwait(false))
            .ToDictionary(end => end.Name, StringComparer.OrdinalIgnoreCase);
        HostEnd[] sources = [.. plan.Move.Select(move => ends[move.Source]).Distinct()];
        Dictionary<string, IReadOnlyList<Guest>> guests = (await Task.WhenAll(
                sources.Select(source => ListAsync(source, cancellationToken))).ConfigureAwait(false))
            .OfType<(HostSession Host, IReadOnlyList<Guest> Guests)>()
            .ToDictionary(list => list.Host.ComputerName, list => list.Guests, StringComparer.OrdinalIgnoreCase);

        // A source that does not answer is an error already.
        foreach (PlannedMove move in plan.Move.Where(move => guests.ContainsKey(move.Source)))
        {
            // What xend or libvirt only manages may have the same uuid.
            if (guests[move.Source].OrderByDescending(there => there.Id is not null).FirstOrDefault(move.Is) is not { } guest)
            {
                PostError(new GuestNotFoundException(move.Name, move.Source), move);
            }
            else if (ends[move.Destination] is { Session: null } lost)
            {
                PostError(new HostUnreachableException(lost.Name, lost.Problem!), move);
            }
            else
            {
                Add(Adjust(new GuestMove(guest, ends[move.Source].Session!, ends[move.Destination].Session!)
                {
                    Live = move.Mode == MigrationMode.Live,
                }));
            }
        }
    }

    /// <summary>What is to be said of a planned move besides.</summary>
    private protected virtual GuestMove Adjust(GuestMove move) => move;

    /// <summary>Told of each move as it ends, one at a time; the result is null if there is none.</summary>
    private protected virtual void Ended(GuestMove move, MigrationResult? result)
    {
    }

    /// <summary>Moves what was taken in.</summary>
    /// <param name="throttleLimit">How many at a time.</param>
    /// <param name="order">In which order they begin.</param>
    /// <param name="cancellationToken">From then on none begins.</param>
    private protected async Task MoveAllAsync(int throttleLimit, MoveOrder order, CancellationToken cancellationToken)
    {
        bool whatIf = await AskAsync(IsWhatIf).ConfigureAwait(false);
        Rehearsal = whatIf ? new MoveRehearsal(new PastMoves(Journals.All)) : null;
        // What would be done is said in order, so one at a time.
        await MoverOfAll(this, whatIf ? 1 : throttleLimit, order).RunAsync(_refused, _moves, Ended, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves what was taken in by a job, which is returned at once; what has to be asked is asked before.</summary>
    private protected async Task MoveAllInJobAsync(int throttleLimit, MoveOrder order)
    {
        List<GuestMove> agreed = [];
        foreach (GuestMove move in GuestBatch.InOrder(_moves, order))
        {
            MoveQuestion question = new(
                move.Guest,
                move.Source.ComputerName,
                move.Destination.ComputerName,
                move.Live ?? MovesLive ? MigrationMode.Live : MigrationMode.Offline);
            try
            {
                if (await ConfirmAsync(question, action: null).ConfigureAwait(false))
                {
                    agreed.Add(move);
                }
            }
            catch (OfflineMoveNotAgreedException e)
            {
                PostError(e, move.Guest);
            }
        }

        string hosts = string.Join(", ", agreed.Select(move => move.Destination.ComputerName).Distinct(StringComparer.OrdinalIgnoreCase));
        bool stopsAtError = await AskAsync(() => Preference.StopsAtErrors(this)).ConfigureAwait(false);
        string line = MyInvocation.Line.Trim();
        MoveJob job = new(line.Length > 0 ? line : MyInvocation.MyCommand.Name, hosts);
        JobAudience audience = new(job.Work, stopsAtError);
        BatchMover batch = MoverOfAll(audience, throttleLimit, order);
        await AskAsync(() =>
        {
            _job = audience;
            job.Start(Sessions, token => batch.RunAsync(_refused, agreed, (_, _) => { }, token));
            JobRepository.Add(job);
            WriteObject(job);
            return true;
        }).ConfigureAwait(false);
    }

    // What hosts are asked after the cmdlet's end is the job's to tell.
    private protected override void TellVerbose(string message)
    {
        if (_job is { } job)
        {
            job.WriteVerbose(message);
            return;
        }

        base.TellVerbose(message);
    }

    private BatchMover MoverOfAll(IMoveAudience audience, int limit, MoveOrder order) =>
        new(MoverFor(audience), audience, Limits(limit), order);

    private WindowLimits Limits(int throttleLimit)
    {
        int perHost = MovesPerHost ?? int.MaxValue;
        return new WindowLimits { ThrottleLimit = throttleLimit, OutOfHost = perHost, IntoHost = perHost };
    }

    /// <summary>The guests of a host; null, with an error, if it does not answer.</summary>
    private protected async Task<(HostSession Host, IReadOnlyList<Guest> Guests)?> ListAsync(
        HostEnd end, CancellationToken cancellationToken)
    {
        try
        {
            return end.Session is { } session
                ? (session, await session.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false))
                : throw new HostUnreachableException(end.Name, end.Problem ?? "there is no session");
        }
        catch (XenMigrateException e)
        {
            PostError(e, end.Name);
            return null;
        }
    }

    private protected bool IsWhatIf() => Preference.IsWhatIf(this);
}
