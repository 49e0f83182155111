namespace XenMigrate.Embedded.Commands;

/// <summary>The options and operands of a program, as getopt reads them.</summary>
internal sealed record Options(IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Operands, string? Problem)
{
    public bool Has(string name) => Values.ContainsKey(name);

    public string? this[string name] => Values.TryGetValue(name, out string? value) ? value : null;

    /// <param name="call">The call.</param>
    /// <param name="flags">Letters that stand alone: "rf".</param>
    /// <param name="valued">Letters that take a value: "n".</param>
    /// <param name="longNames">Long options that stand alone, without their dashes, each with the letter it means.</param>
    public static Options Read(
        Invocation call, string flags, string valued = "", params (string Name, string Letter)[] longNames)
    {
        Dictionary<string, string> values = [];
        List<string> operands = [];
        Queue<string> rest = new(call.Arguments);
        string? problem = null;

        while (rest.Count > 0)
        {
            string word = rest.Dequeue();
            if (word == "--")
            {
                operands.AddRange(rest);
                break;
            }

            if (word.StartsWith("--", System.StringComparison.Ordinal))
            {
                string? letter = longNames.FirstOrDefault(option => option.Name == word[2..]).Letter;
                problem ??= letter is null ? $"unrecognized option `{word}'" : null;
                values[letter ?? word] = "";
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                problem ??= ReadLetters(word, flags, valued, values, rest);
            }
            else
            {
                operands.Add(word);
            }
        }

        return new Options(values, operands, problem);
    }

    private static string? ReadLetters(
        string word, string flags, string valued, Dictionary<string, string> values, Queue<string> rest)
    {
        for (int i = 1; i < word.Length; i++)
        {
            string letter = word[i].ToString();
            if (flags.Contains(word[i]))
            {
                values[letter] = "";
            }
            else if (valued.Contains(word[i]))
            {
                if (i + 1 < word.Length)
                {
                    values[letter] = word[(i + 1)..];
                    return null;
                }

                values[letter] = rest.TryDequeue(out string? value) ? value : "";
                return value is null ? $"option requires an argument -- {letter}" : null;
            }
            else
            {
                return $"invalid option -- {letter}";
            }
        }

        return null;
    }
}
