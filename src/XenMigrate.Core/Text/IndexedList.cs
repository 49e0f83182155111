using System.Collections.ObjectModel;

namespace XenMigrate.Text;

/// <summary>A list that a script can index, and that says what is in it where only text fits, as in a file of Export-Csv.</summary>
internal sealed class IndexedList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public static IReadOnlyList<T> None { get; } = new IndexedList<T>([]);

    public override string ToString() => string.Join("; ", this);
}

/// <summary>Lists as a script can index them.</summary>
internal static class IndexedList
{
    /// <summary>
    /// The same items in a type that shows its indexer. What the compiler makes of a collection expression has none in
    /// public, so that <c>$result.Check[0]</c> would be the whole list.
    /// </summary>
    public static IReadOnlyList<T> Indexed<T>(this IReadOnlyList<T> items) => items as IndexedList<T> ?? new IndexedList<T>([.. items]);
}
