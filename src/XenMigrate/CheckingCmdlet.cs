namespace XenMigrate;

/// <summary>A cmdlet that makes checks: which, and how.</summary>
public abstract class CheckingCmdlet : HostCmdlet
{
    /// <summary>Makes only the checks of these categories.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public CheckCategory[] Category { get; set; } = [];

    /// <summary>Ids or categories of the only checks to make, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] Check { get; set; } = [];

    /// <summary>Ids or categories of checks to leave out, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] ExcludeCheck { get; set; } = [];

    /// <summary>How far the hosts' clocks may be apart; 1 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? ClockTolerance { get; set; }

    /// <summary>Writes a file beside each disk on one host, reads it on the other, and removes it.</summary>
    [Parameter]
    public SwitchParameter IncludeWriteTest { get; set; }

    /// <summary>What -Category, -Check and -ExcludeCheck leave.</summary>
    private protected CheckSelection Selection { get; private set; } = CheckSelection.Everything;

    private protected CheckSettings Settings => new()
    {
        ClockTolerance = ClockTolerance ?? new CheckSettings().ClockTolerance,
        IncludeWriteTest = IncludeWriteTest,
    };

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        Argument.RequireNotNegative("-ClockTolerance", ClockTolerance);
        Selection = Require(() => CheckSelection.Of(
            Check, Category.Length > 0 ? Category.Aggregate((all, one) => all | one) : null, ExcludeCheck));
        return Task.CompletedTask;
    }
}
