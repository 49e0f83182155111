namespace XenMigrate.Reports;

/// <summary>Words for how many there are: 1 guest, 2 guests.</summary>
internal static class Counted
{
    public static string Of(int count, string one) =>
        string.Format(CultureInfo.InvariantCulture, count == 1 ? "{0} {1}" : "{0} {1}s", count, one);
}
