namespace XenMigrate.Checks;

/// <summary>Whether a path means the same bytes on two hosts. Null if nothing that they tell proves or disproves it.</summary>
internal sealed record SharedStorage(bool? IsSame, string Reason)
{
    public static SharedStorage Compare(PairFacts pair, DiskFile here, DiskFile there)
    {
        TwoSights sights = new(pair, Sight.Of(pair.Source, here), Sight.Of(pair.Destination, there));
        (StorageEvidence Evidence, Likeness Likeness)[] told =
            [.. StorageEvidence.All.Select(evidence => (evidence, evidence.Compare(sights)))];

        if (told.FirstOrDefault(seen => seen is { Likeness: Likeness.Different, Evidence.Disproves: true }).Evidence is { } against)
        {
            return new SharedStorage(false, $"{against.Name} differs: {sights.Words}");
        }

        return told.FirstOrDefault(seen => seen is { Likeness: Likeness.Equal, Evidence.Proves: true }).Evidence is { } proof
            ? new SharedStorage(true, $"the same {proof.Name}")
            : new SharedStorage(null, Open(told, sights));
    }

    private static string Open((StorageEvidence Evidence, Likeness Likeness)[] told, TwoSights sights)
    {
        IEnumerable<string> idle = told
            .Where(seen => seen.Likeness == Likeness.Equal && !seen.Evidence.Proves)
            .Select(seen => seen.Evidence.Name);
        string alike = string.Join(", ", idle);
        return alike.Length > 0 ? $"alike are {alike}, which two storages may have ({sights.Words})" : sights.Words;
    }
}
