namespace XenMigrate.Benchmarks;

/// <summary>What was asked for.</summary>
/// <param name="Benchmarks">Their names, each with its numbers.</param>
/// <param name="Before">A report to compare with; null for none.</param>
/// <param name="Evaluates">Whether a goal that was missed is a failure.</param>
internal sealed record BenchmarkArguments(IReadOnlyList<(string Name, int[] Numbers)> Benchmarks, string? Before, bool Evaluates)
{
    /// <returns>Null if something was said that nobody understands.</returns>
    public static BenchmarkArguments? Parse(IReadOnlyList<string> words, IReadOnlyList<string> known)
    {
        List<(string Name, List<int> Numbers)> benchmarks = [];
        string? before = null;
        bool evaluates = false;
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == "--goals")
            {
                evaluates = true;
            }
            else if (words[i] == "--compare" && i + 1 < words.Count)
            {
                before = words[++i];
            }
            else if (known.Contains(words[i]))
            {
                benchmarks.Add((words[i], []));
            }
            else if (benchmarks.Count > 0 && int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                benchmarks[^1].Numbers.Add(number);
            }
            else
            {
                return null;
            }
        }

        // The first is what is usual.
        return new([.. (benchmarks.Count > 0 ? benchmarks : [(known[0], [])]).Select(one => (one.Name, one.Numbers.ToArray()))], before, evaluates);
    }
}
