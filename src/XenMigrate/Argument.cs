namespace XenMigrate;

/// <summary>Refuses values that make no sense: says what was given, and what is allowed.</summary>
internal static class Argument
{
    /// <exception cref="PSArgumentException">It is negative.</exception>
    public static void RequireNotNegative(string parameter, TimeSpan? given)
    {
        if (given < TimeSpan.Zero)
        {
            throw new PSArgumentException($"{parameter} is {Figures.Time(given)}. It has to be 0 s or more.");
        }
    }

    /// <exception cref="PSArgumentException">It is zero or negative.</exception>
    public static void RequirePositive(string parameter, TimeSpan? given, string hint)
    {
        if (given <= TimeSpan.Zero)
        {
            throw new PSArgumentException($"{parameter} is {Figures.Time(given)}. It has to be more than 0 s. {hint}");
        }
    }
}
