namespace XenMigrate;

/// <summary>
/// Remembers, of a name that <see cref="TakesAttribute"/> made of an object, which object it was: that very guest with its
/// session, and not whatever has its name. A name that was typed stands for no object.
/// </summary>
internal static class GivenObjects
{
    // By the string itself, not by its letters, and no longer than it lives.
    private static readonly ConditionalWeakTable<string, object> s_objects = new();

    /// <summary>A name of its own for this object.</summary>
    public static string NameOf(object value)
    {
        string name = new((value switch
        {
            Guest guest => guest.Name,
            SavedGuest saved => saved.RemotePath,
            // Of a host in place of a guest's name, all guests are meant.
            MigrationHost => "*",
            _ => value.ToString() ?? "",
        }).ToCharArray());
        if (name.Length > 0)
        {
            s_objects.Add(name, value);
        }

        return name;
    }

    /// <summary>The object that this name was made of; null for a name that was typed.</summary>
    public static T? Of<T>(string name)
        where T : class =>
        s_objects.TryGetValue(name, out object? value) ? value as T : null;

    /// <summary>The objects among these names.</summary>
    public static T[] In<T>(IEnumerable<string> names)
        where T : class =>
        [.. names.Select(Of<T>).OfType<T>()];
}
