namespace XenMigrate;

/// <summary>
/// A program and its arguments, as words. <see cref="ToString"/> is the only place of the product that quotes for a
/// POSIX shell; nobody else builds a command line.
/// </summary>
public sealed class RemoteCommand
{
    private const int MostShown = 200;

    /// <param name="words">The program and its arguments; none may hold a NUL, which no argument can carry.</param>
    public RemoteCommand(params string[] words)
    {
        if (words is null || words.Length == 0)
        {
            throw new ArgumentException("A command has at least one word.", nameof(words));
        }

        if (words.Any(word => word.Contains('\0')))
        {
            throw new ArgumentException("A word of a command can't hold a NUL character.", nameof(words));
        }

        Words = words;
    }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>What a script of ours is for: a host that has no shell knows it by that.</summary>
    internal string? Name { get; private init; }

    /// <summary>The command that a script of ours is there to run, if it has one.</summary>
    internal RemoteCommand? Inner { get; private init; }

    /// <summary>Whether it is left out where the command before it, in a row of commands, succeeded.</summary>
    internal bool IsOnlyForFailure { get; private init; }

    /// <summary>A POSIX shell script, which finds <paramref name="arguments"/> as $1, $2 …</summary>
    /// <remarks>The script is a constant of ours. What varies comes as arguments, so that no shell ever parses it.</remarks>
    public static RemoteCommand Script(string script, params string[] arguments) =>
        new(["sh", "-c", script, "sh", .. arguments]);

    /// <summary>The same, with a <see cref="Name"/>, which is not sent.</summary>
    internal RemoteCommand Named(string name, RemoteCommand? inner = null) => new([.. Words]) { Name = name, Inner = inner };

    /// <summary>The same for when the command before it fails: what that tells, this need not tell again.</summary>
    internal RemoteCommand AfterFailure() => new([.. Words]) { Name = Name, Inner = Inner, IsOnlyForFailure = true };

    /// <summary>The command for a person to read: a script of ours may be some pages, and is known by its name or its beginning.</summary>
    internal string Shown => Name is { } name ? $"({name})" : OutputExcerpt.Of(ToString(), MostShown);

    /// <summary>The command as one line for a POSIX shell.</summary>
    public override string ToString() => string.Join(" ", Words.Select(Quote));

    private static string Quote(string word)
    {
        if (word.Length > 0 && word.All(IsPlain))
        {
            return word;
        }

        StringBuilder quoted = new("'", word.Length + 8);
        foreach (char c in word)
        {
            _ = c == '\'' ? quoted.Append(@"'\''") : quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }

    // No '~', which a shell expands, and no '=' in a first word: "a=b" alone is an assignment, so '=' is never plain.
    private static bool IsPlain(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
            or '-' or '_' or '.' or '/' or ':' or ',' or '@' or '+' or '%';
}
