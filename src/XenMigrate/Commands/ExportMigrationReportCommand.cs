namespace XenMigrate;

/// <summary>Export-MigrationReport writes what moves and checks came to into a file, for people or for programs.</summary>
[Cmdlet(VerbsData.Export, "MigrationReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMigrationReportCommand : AsyncCmdlet
{
    private readonly List<MigrationResult> _moves = [];
    private readonly List<MigrationReport> _environments = [];
    private readonly List<CheckResult> _checks = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Results of Move-Guest.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("MigrationResult")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public MigrationResult[] Result { get; set; } = [];

    /// <summary>Reports that an error of Move-Guest carries.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("MigrationReport")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public MigrationReport[] Report { get; set; } = [];

    /// <summary>Results of Test-MigrationEnvironment.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public CheckResult[] CheckResult { get; set; } = [];

    /// <summary>What to write, if the file's name does not end with .html, .htm, .json or .xml.</summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        Format ??= ReportFile.FormatOf(Path) ?? throw new PSArgumentException(
            $"'{Path}' does not end with .html, .json or .xml, so give -Format Html, Json or JUnit to say what to write.");
        return Task.CompletedTask;
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        _moves.AddRange(Result);
        _environments.AddRange(Report);
        _checks.AddRange(CheckResult);
        return Task.CompletedTask;
    }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        ReportContent content = new()
        {
            GeneratedAt = DateTimeOffset.UtcNow,
            Moves = _moves,
            Environments = [.. _environments, .. ReportContent.Group(_checks, DateTimeOffset.UtcNow)],
        };
        string path = await AskAsync(FilePath).ConfigureAwait(false);
        if (!await ConfirmAsync(path, $"{(Force && File.Exists(path) ? "Replace it by" : "Write")} a report of {Contents(content)}, as {Format}").ConfigureAwait(false))
        {
            return;
        }

        ReportFile.Write(path, content.ToText(Format!.Value), Force);
        if (PassThru)
        {
            // The provider's own item has what views show: the mode, the owner, the drive.
            Post(() => WriteObject(InvokeProvider.Item.Get([Path], force: true, literalPath: true), enumerateCollection: true));
        }
    }

    private string Contents(ReportContent content)
    {
        string moves = Figures.Many(_moves.Count, "move");
        string checks = Figures.Many(content.Environments.Sum(environment => environment.CheckResult.Count), "check");
        return content.Environments.Count == 0 ? moves : _moves.Count == 0 ? checks : $"{moves} and {checks}";
    }

    private string FilePath()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new PSArgumentException($"'{Path}' is a path of the {provider.Name} provider. A report has to be written to a file.");
    }
}
