namespace XenMigrate.Jobs;

/// <summary>Begins moves in a job, and gives that out at once.</summary>
internal static class MoveJobStart
{
    /// <summary>Asks what has to be asked, of each move, and begins those that were agreed to.</summary>
    public static async Task RunAsync(
        MoveCmdlet cmdlet, MoveRequest request, IReadOnlyList<RefusedMove> refused, IReadOnlyList<GuestMove> moves)
    {
        List<GuestMove> agreed = [];
        foreach (GuestMove move in GuestBatch.InOrder(moves, request.Order))
        {
            MigrationMode mode = move.Live ?? request.Options.Live ? MigrationMode.Live : MigrationMode.Offline;
            try
            {
                if (await cmdlet.Audience.ConfirmAsync(
                    new MoveQuestion(move.Guest, move.Source.Named, move.Destination.Named, mode), action: null).ConfigureAwait(false))
                {
                    agreed.Add(move);
                }
            }
            catch (OfflineMoveNotAgreedException e)
            {
                cmdlet.PostError(e, move.Guest);
            }
        }

        string hosts = string.Join(", ", agreed.Select(move => move.Destination.ComputerName).Distinct(StringComparer.OrdinalIgnoreCase));
        bool stopsAtError = await cmdlet.AskAsync(() => Preference.StopsAtErrors(cmdlet)).ConfigureAwait(false);
        string line = cmdlet.MyInvocation.Line.Trim();
        MoveJob job = new(line.Length > 0 ? line : cmdlet.MyInvocation.MyCommand.Name, hosts);
        JobAudience audience = new(job.Work, cmdlet.GetType(), stopsAtError);
        MoveEngine engine = new(request, audience, Timing.Real);
        await cmdlet.AskAsync(() =>
        {
            // What hosts are asked after the cmdlet's end is the job's to tell.
            cmdlet.TellVerboseBy(audience.WriteVerbose);
            job.Start(cmdlet.Sessions, token => engine.RunAsync(refused, agreed, token));
            cmdlet.JobRepository.Add(job);
            cmdlet.WriteObject(job);
            return true;
        }).ConfigureAwait(false);
    }
}
