namespace XenMigrate;

/// <summary>No check has the id or category that was given.</summary>
public sealed class CheckNotFoundException(string pattern) : XenMigrateException(
    $"There is no check '{pattern}'.",
    "Test-MigrationEnvironment shows every check with its id and category.")
{
    public string Pattern { get; } = pattern;
}
