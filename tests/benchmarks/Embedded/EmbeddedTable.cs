namespace XenMigrate.Benchmarks;

/// <summary>Runs every row, prints the table, and writes it to a file.</summary>
internal static class EmbeddedTable
{
    /// <returns>1 if a goal that could be judged was missed and the caller wants to know.</returns>
    public static int Run(bool evaluate)
    {
        using ReceiverProcess receiver = new();
        receiver.Prefer();
        List<Row> rows = [];
        string load = Load();
        using (SpeedRows speed = new(receiver))
        {
            Add(rows, speed.Run());
        }

        using (PauseRows pauses = new(receiver))
        {
            Add(rows, pauses.Run());
        }

        Row[] missed = [.. rows.Where(row => row.Met == false)];
        string table = Table(rows, load);
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine(Write(table));
        return evaluate && missed.Length > 0 ? 1 : 0;
    }

    private static void Add(List<Row> rows, IEnumerable<Row> more)
    {
        foreach (Row row in more)
        {
            // As they come: the whole takes minutes.
            Console.WriteLine($"{row.Name}: {row.Result}, goal {row.Goal}: {row.Verdict}");
            rows.Add(row);
        }
    }

    private static string Table(List<Row> rows, string load)
    {
        int name = rows.Max(row => row.Name.Length);
        int result = rows.Max(row => row.Result.Length);
        int goal = rows.Max(row => row.Goal.Length);
        StringBuilder text = new();
        _ = text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, load {load} before, {Load()} after");
        _ = text.AppendLine();
        foreach (Row row in rows)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"{row.Name.PadRight(name)}  {row.Result.PadRight(result)}  {row.Goal.PadRight(goal)}  {row.Verdict}");
        }

        _ = text.AppendLine();
        foreach (Row row in rows.Where(row => row.Details.Length > 0))
        {
            _ = text.AppendLine(row.Name + ":").AppendLine("  " + row.Details);
        }

        return text.ToString();
    }

    private static string Write(string table)
    {
        string folder = Path.Combine(Lab.Tests.StagedModule.Metadata("RepositoryRoot"), "out", "benchmarks");
        _ = Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"embedded-{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.txt");
        File.WriteAllText(file, table);
        return file;
    }

    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
