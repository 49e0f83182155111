namespace XenMigrate;

/// <summary>Words for advice that a user may paste into PowerShell.</summary>
internal static class PowerShellText
{
    public static string Quote(string word) => "'" + word.Replace("'", "''") + "'";
}
