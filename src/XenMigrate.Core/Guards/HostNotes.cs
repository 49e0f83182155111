namespace XenMigrate.Guards;

/// <summary>What a host keeps in mind of the guests that somebody worked on since it was booted.</summary>
internal sealed record HostNotes
{
    /// <summary>The id of this boot; null if it was not told.</summary>
    public string? BootId { get; init; }

    /// <summary>Who works on which guest.</summary>
    public IReadOnlyList<HeldLease> Leases { get; init; } = [];

    /// <summary>The guests that an act of ours gave away, each with the copy that it goes on as.</summary>
    public IReadOnlyDictionary<Guid, GivenGuest> AllGiven { get; init; } = new Dictionary<Guid, GivenGuest>();

    /// <summary>The name that each guest had when it was worked on last.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The copy that a guest goes on as which was given away here; null if it was not.</summary>
    public GivenGuest? Given(Guid? uuid) => uuid is { } known && AllGiven.TryGetValue(known, out GivenGuest? copy) ? copy : null;

    /// <summary>Reads what the host's script prints: a line for each thing, and nothing of a line that is none.</summary>
    public static HostNotes Parse(string output)
    {
        string[][] lines = [.. output.Split('\n').Select(line => line.Split([' '], 5))];
        return new HostNotes
        {
            BootId = lines.Where(words => words.Length == 2 && words[0] == "boot").Select(words => words[1]).FirstOrDefault(),
            Leases = [.. lines.Select(Lease).OfType<HeldLease>()],
            AllGiven = Of(output, "given ", GivenGuest.Parse),
            Names = Of(output, "name ", name => name),
        };
    }

    private static Dictionary<Guid, T> Of<T>(string output, string kind, Func<string, T?> read)
        where T : class
    {
        Dictionary<Guid, T> found = [];
        foreach (string line in output.Split('\n').Where(line => line.StartsWith(kind, StringComparison.Ordinal)))
        {
            string[] words = line.Substring(kind.Length).Split([' '], 2);
            if (words.Length == 2 && Guid.TryParse(words[0], out Guid uuid) && read(words[1]) is { } value)
            {
                found[uuid] = value;
            }
        }

        return found;
    }

    private static HeldLease? Lease(string[] words) =>
        words.Length == 5 && Guid.TryParse(words[1], out Guid uuid) && words[0] is "lease" or "work"
            ? words[0] == "work"
                ? new HeldLease(uuid, TokenOf(words[3]), $"'{OutputExcerpt.Of(words[4], 200)}' (process {OutputExcerpt.Of(words[2], 20)}) runs")
                : new HeldLease(
                    uuid,
                    TokenOf(words[2]),
                    OutputExcerpt.Of(words[4], 300) + (int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
                        ? FormattableString.Invariant($" (for {seconds} s more unless it is renewed)") : ""))
            : null;

    private static Guid? TokenOf(string word) => Guid.TryParseExact(word, "N", out Guid token) ? token : null;
}

/// <summary>Who works on a guest, as a host tells it.</summary>
/// <param name="Uuid">The guest.</param>
/// <param name="Token">The token of who holds it, or of who started a tool for it; null if there is none.</param>
/// <param name="Text">Who it is, and what they do.</param>
internal sealed record HeldLease(Guid Uuid, Guid? Token, string Text);

/// <summary>The copy that a guest goes on as, which no other copy ever is: its host's boot, and its id there.</summary>
internal sealed record GivenGuest(string BootId, int Id)
{
    /// <summary>The same out of its text; null if it is none.</summary>
    public static GivenGuest? Parse(string text)
    {
        string[] words = text.Split(':');
        return words.Length == 2 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? new GivenGuest(words[0], id) : null;
    }

    public override string ToString() => FormattableString.Invariant($"{BootId}:{Id}");
}
