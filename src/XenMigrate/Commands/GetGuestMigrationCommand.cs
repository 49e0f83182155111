using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Journal;

namespace XenMigrate.Commands;

/// <summary>Get-GuestMigration tells of moves what their journals say, the newest first. It asks no host.</summary>
[Cmdlet(VerbsCommon.Get, "GuestMigration")]
[OutputType(typeof(GuestMigration))]
public sealed class GetGuestMigrationCommand : AsyncCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("GuestName", "Domain")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>How far the moves are that are wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JournalState[]? State { get; set; }

    /// <summary>The folder of the journals, or one journal, as the LogPath of a result is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        WildcardPattern[] names = [.. Name.Select(name =>
            new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];
        string? path = await AskAsync(() => LogFolder.Resolve(SessionState, LogPath)).ConfigureAwait(false);

        foreach (string file in path is null ? [] : JournalFolder.Find(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                GuestMigration move = JournalFolder.Read(file, Timing.Real.Now());
                if (names.Any(name => name.IsMatch(move.Name)) && (State is null || State.Contains(move.State)))
                {
                    Post(() => WriteObject(move));
                }
            }
            catch (JournalNotReadException e)
            {
                PostError(e, file);
            }
        }
    }
}
