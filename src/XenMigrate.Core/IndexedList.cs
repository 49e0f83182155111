using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace XenMigrate;

/// <summary>Lists as a script can index them.</summary>
internal static class IndexedList
{
    /// <summary>
    /// The same items in a type that shows its indexer. What the compiler makes of a collection expression has none in
    /// public, so that <c>$result.Check[0]</c> would be the whole list.
    /// </summary>
    public static IReadOnlyList<T> Indexed<T>(this IReadOnlyList<T> items) =>
        items is T[] or ReadOnlyCollection<T> or List<T> ? items : new ReadOnlyCollection<T>([.. items]);
}
