namespace XenMigrate.SaveHelper.Sampling;

/// <summary>The processes that save a domain now, Xen's own helpers among them: they know nothing of our locks.</summary>
internal static class SavesUnderWay
{
    // libxl's helper and ours are called alike, so that both can be seen by their first argument.
    private const int DomainAt = 4;

    public static int[] Of(uint domain)
    {
        string number = domain.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. Directory.EnumerateDirectories(Surroundings.ProcessFolder)
                .Select(folder => (Words: Words(folder), Number: Path.GetFileName(folder)))
                .Where(process => process.Words.Length > DomainAt && process.Words[1] == SaveArguments.Word && process.Words[DomainAt] == number)
                .Select(process => int.TryParse(process.Number, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
                .Where(id => id > 0),
        ];
    }

    private static string[] Words(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is no process, or it ended.
            return [];
        }
    }
}
