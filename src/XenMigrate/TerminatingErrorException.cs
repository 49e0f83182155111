namespace XenMigrate;

/// <summary>Carries an error to the pipeline thread that makes the whole call pointless.</summary>
internal sealed class TerminatingErrorException(XenMigrateException error) : Exception(error.Message, error)
{
    public XenMigrateException Error { get; } = error;
}
