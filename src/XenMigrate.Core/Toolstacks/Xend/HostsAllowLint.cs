namespace XenMigrate.Toolstacks.Xend;

/// <summary>What is wrong, or risky, with a value of hosts-allow.</summary>
/// <param name="Kind">Which rule it breaks.</param>
/// <param name="Text">What it does, and what to write in its place.</param>
internal sealed record HostsAllowFinding(HostsAllowProblem Kind, string Text);

/// <summary>The rules that values of hosts-allow break.</summary>
internal enum HostsAllowProblem
{
    /// <summary>The value is empty: everybody may come.</summary>
    Empty,

    /// <summary>Two spaces in a row, or one at an end: an empty pattern, which matches everybody.</summary>
    EmptyPattern,

    /// <summary>The pattern matches whatever there is.</summary>
    MatchesAnybody,

    /// <summary>Nothing ends the pattern, so longer names match too.</summary>
    OpenEnd,

    /// <summary>A dot that stands for any character.</summary>
    LooseDot,

    /// <summary>A tab or a line's end, which separates nothing.</summary>
    WrongSeparator,

    /// <summary>A single backslash in the file: xend lost the character behind it.</summary>
    SingleBackslash,

    /// <summary>A bare word with an exclamation mark, at which older versions of xend end it.</summary>
    EndsEarly,

    /// <summary>No regular expression: xend does not start at all.</summary>
    InvalidPattern,

    /// <summary>A name, which is whatever reverse DNS says it is.</summary>
    TrustsReverseDns,
}

/// <summary>Looks for what authors of hosts-allow get wrong.</summary>
internal static class HostsAllowLint
{
    private static readonly string[] s_strangers = ["stranger.invalid", "203.0.113.77", "q"];

    public static IReadOnlyList<HostsAllowFinding> Examine(HostsAllow allow)
    {
        if (allow.AdmitsEverybody)
        {
            return [new(HostsAllowProblem.Empty, "The list is empty, so every host may send guests: list the hosts that may.")];
        }

        return [.. OfValue(allow), .. allow.Patterns.Where(pattern => pattern.Text.Length > 0).SelectMany(OfPattern)];
    }

    /// <summary>What lets everybody in, or null if nothing does.</summary>
    public static HostsAllowFinding? IsOpen(HostsAllow allow) => allow.IsBroken ? null : Examine(allow).FirstOrDefault(finding =>
        finding.Kind is HostsAllowProblem.Empty or HostsAllowProblem.EmptyPattern or HostsAllowProblem.MatchesAnybody);

    private static IEnumerable<HostsAllowFinding> OfValue(HostsAllow allow)
    {
        if (allow.Patterns.Any(pattern => pattern.Text.Length == 0))
        {
            yield return new(
                HostsAllowProblem.EmptyPattern,
                "It has two spaces in a row, or one at an end. Between them is an empty pattern, which lets everybody in: "
                    + "put exactly one space between patterns.");
        }

        if (allow.LostCharacters)
        {
            yield return new(
                HostsAllowProblem.SingleBackslash,
                @"It has a single backslash in the file, and xend loses the character behind it: write \\. for a dot.");
        }

        if (allow.EndsEarly)
        {
            yield return new(
                HostsAllowProblem.EndsEarly, "It has a ! and no quotes around it: before Xen 4.0, xend takes only what stands before the !. Put it in quotes.");
        }

        if (allow.Value.Any(c => c is >= '\t' and <= '\r'))
        {
            yield return new(
                HostsAllowProblem.WrongSeparator,
                "It has a tab or a line's end, which does not separate patterns: write it in one line, with single spaces.");
        }
    }

    private static IEnumerable<HostsAllowFinding> OfPattern(HostsAllowPattern pattern)
    {
        string text = pattern.Text;
        if (pattern.Problem is { } problem)
        {
            yield return new(
                HostsAllowProblem.InvalidPattern, $"{text} is no regular expression ({problem}), so xend does not start, whether its relocation server is on or off.");
            yield break;
        }

        if (s_strangers.All(pattern.Matches))
        {
            yield return new(HostsAllowProblem.MatchesAnybody, $"{text} matches every host: name the ones that may come.");
            yield break;
        }

        if (!Alternatives(text).All(IsClosed))
        {
            yield return new(
                HostsAllowProblem.OpenEnd, $"{text} has no $ at its end, so it lets in every host whose name or address begins so{Example(text)}: add $.");
        }

        if (HasLooseDot(text))
        {
            yield return new(
                HostsAllowProblem.LooseDot, $@"{text} has a dot that stands for any character: write \\. in the file for a dot.");
        }

        if (NamesAHost(text))
        {
            yield return new(
                HostsAllowProblem.TrustsReverseDns,
                $"{text} is matched with the name that reverse DNS gives, which its owner chooses, and with nothing if there is none: "
                    + "an address is surer.");
        }
    }

    /// <summary>10.0.0.1 without its end is the mistake that everybody makes, so it is worth an example.</summary>
    private static string Example(string text)
    {
        string plain = text.TrimStart('^').Replace("\\", "");
        return plain.Length > 0 && plain.All(c => c == '.' || char.IsDigit(c)) ? $" ({plain}0, say)" : "";
    }

    private static bool IsClosed(string alternative)
    {
        string text = alternative.TrimEnd(')');
        return text.EndsWith(@"\Z", StringComparison.Ordinal)
            || (text.Length > 0 && text[text.Length - 1] == '$' && Plain(text).LastOrDefault() == text.Length - 1);
    }

    /// <summary>Whether a dot is neither escaped nor meant for any run of characters.</summary>
    private static bool HasLooseDot(string text) => Plain(text).Any(at =>
        text[at] == '.' && (at + 1 == text.Length || "*+?{".IndexOf(text[at + 1]) < 0));

    /// <summary>What stands between the bars that are in no group.</summary>
    private static IEnumerable<string> Alternatives(string text)
    {
        int depth = 0;
        int start = 0;
        foreach (int at in Plain(text))
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (text[at] == '|' && depth == 0)
            {
                yield return text.Substring(start, at - start);
                start = at + 1;
            }
        }

        yield return text.Substring(start);
    }

    /// <summary>Where the characters are that are neither escaped nor in a set.</summary>
    private static IEnumerable<int> Plain(string text)
    {
        bool inSet = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (inSet || text[i] == '[')
            {
                inSet = text[i] != ']';
            }
            else
            {
                yield return i;
            }
        }
    }

    /// <summary>Whether letters other than an escape's or a hexadecimal address's are in it.</summary>
    private static bool NamesAHost(string text) =>
        !text.Contains(':') && Regex.Replace(text, @"\\[A-Za-z]|\[[^\]]*\]", "").Any(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
}
