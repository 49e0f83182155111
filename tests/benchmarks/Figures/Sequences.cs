namespace XenMigrate.Benchmarks;

internal static class Sequences
{
    /// <summary>What is at this place, or something else where there is nothing.</summary>
    public static T ElementAtOrDefault<T>(this IReadOnlyList<T> list, int index, T otherwise) => index < list.Count ? list[index] : otherwise;
}
