namespace XenMigrate;

/// <summary>How one kind of exception looks to a PowerShell user.</summary>
/// <param name="Type">The exception.</param>
/// <param name="Id">Its error id.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Cause">A more exact error id, or null.</param>
internal sealed record ErrorKind(
    Type Type, string Id, Func<XenMigrateException, object?> Target, Func<XenMigrateException, string?> Cause)
{
    /// <summary>For a kind that has no line yet, which a test forbids.</summary>
    public static ErrorKind Other { get; } = new(typeof(XenMigrateException), "XenMigrateFailed", _ => null, _ => null);
}
