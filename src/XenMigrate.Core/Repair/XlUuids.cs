namespace XenMigrate.Repair;

/// <summary>The uuid of each domain by its id, which <c>xl vm-list</c> tells of half-made domains too.</summary>
internal static class XlUuids
{
    private static readonly RemoteCommand s_command = new("xl", "vm-list");

    private static readonly Regex s_row = new(
        @"^(?<uuid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\s+(?<id>\d{1,9})(\s|$)", RegexOptions.CultureInvariant);

    public static Question<IReadOnlyDictionary<int, Guid>> Question { get; } = new(s_command, result => Parse(result.Output));

    /// <exception cref="OutputNotUnderstoodException">There is no header.</exception>
    private static Dictionary<int, Guid> Parse(string output)
    {
        string[] lines = output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && lines[0].StartsWith("UUID", StringComparison.Ordinal)
            ? lines.Skip(1)
                .Select(line => s_row.Match(line.Trim()))
                .Where(match => match.Success)
                .GroupBy(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture))
                .ToDictionary(group => group.Key, group => Guid.Parse(group.First().Groups["uuid"].Value))
            : throw new OutputNotUnderstoodException(s_command, "no header", output);
    }
}
