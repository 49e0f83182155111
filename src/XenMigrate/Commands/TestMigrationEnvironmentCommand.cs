using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Environment;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Commands;

/// <summary>Test-MigrationEnvironment says whether guests could move from one host to another, and why not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MigrationEnvironment", DefaultParameterSetName = "Guest")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestMigrationEnvironmentCommand : GuestSearchCmdlet
{
    private readonly List<Guest> _guests = [];
    private HostEnd _source = null!;
    private IEnumerable<HostEnd> _destinations = [];
    private bool _missing;
    private bool _hasInput;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Source", "MigrationHost", "Cn")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] Destination { get; set; } = [];

    /// <summary>Guests of the source; without any, only the hosts are checked.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Guest")]
    [ValidateNotNull]
    public Guest[] Guest { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>One answer: whether everything that matters passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Connects to all hosts at once: over a slow link, that is most of the time.</summary>
    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        HostEnd[] ends = await Task.WhenAll(Destination.Prepend(ComputerName).Select(host => EndAsync(host, cancellationToken)))
            .ConfigureAwait(false);
        _source = ends[0];
        _destinations = ends.Skip(1);
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        _hasInput = true;
        ILookup<bool, Guest> bySource = Guest.ToLookup(
            guest => string.Equals(guest.ComputerName, _source.Name, StringComparison.OrdinalIgnoreCase));
        _guests.AddRange(bySource[true]);
        foreach (Guest stranger in bySource[false])
        {
            _missing = true;
            PostError(new GuestNotFoundException(stranger.Name, _source.Name), stranger);
        }

        return Task.CompletedTask;
    }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == "Name" && _source.Session is { } source)
        {
            GuestFilter filter = new() { Criteria = [.. Name.Select(Criterion)] };
            _guests.AddRange((await SearchAsync([source], filter, cancellationToken).ConfigureAwait(false)).Select(found => found.Guest));
            _missing = filter.Apply(_guests).NotFound.Count > 0 || _guests.Count == 0;
        }

        bool isReady = true;
        foreach (HostEnd destination in _destinations)
        {
            IReadOnlyList<CheckResult> results = await EnvironmentTester
                .TestAsync(_source, destination, _guests, cancellationToken).ConfigureAwait(false);
            isReady &= !results.Any(MigrationReport.Blocks);
            if (!Quiet)
            {
                Post(() => WriteObject(results, enumerateCollection: true));
            }
        }

        if (Quiet)
        {
            // A guest that was asked for and not found is an error already, and no reason to say yes; nor is a pipeline
            // that brought nothing.
            Post(() => WriteObject(isReady && _hasInput && !_missing));
        }
    }

    /// <summary>A host that can't be reached is a finding here, not an error.</summary>
    private async Task<HostEnd> EndAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return new HostEnd(host.ComputerName, null, $"{e.Message} {e.Advice}");
        }
    }
}
