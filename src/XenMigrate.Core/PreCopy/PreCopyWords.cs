namespace XenMigrate.PreCopy;

/// <summary>Text as a JSON string of ASCII characters. A serializer would do, but not in a program compiled ahead of time.</summary>
internal static class PreCopyWords
{
    public static string Quote(string words)
    {
        StringBuilder text = new("\"");
        foreach (char c in words)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                >= ' ' and <= '~' => text.Append(c),
                _ => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return text.Append('"').ToString();
    }
}
