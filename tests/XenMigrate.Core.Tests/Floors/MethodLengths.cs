using System.Text.RegularExpressions;

namespace XenMigrate.Tests.Floors;

/// <summary>
/// How many lines each method of a file has. It goes by indentation, which the build enforces: a member begins at its type's and four
/// spaces more, and lasts until the next one begins.
/// </summary>
internal static partial class MethodLengths
{
    public static IEnumerable<(string Head, int Lines)> In(string[] lines) => In(lines, 0);

    private static IEnumerable<(string Head, int Lines)> In(string[] lines, int indentation)
    {
        int[] heads = [.. Enumerable.Range(0, lines.Length).Where(index => IsHead(lines[index], indentation)), lines.Length];
        for (int index = 0; index < heads.Length - 1; index++)
        {
            string head = lines[heads[index]].Trim();
            string[] member = [.. lines[heads[index]..heads[index + 1]].Reverse().SkipWhile(line => !Code().IsMatch(line)).Reverse()];
            if (TypeHead().IsMatch(head))
            {
                // Without the type's head, and its last brace.
                foreach ((string, int) inner in In([.. member.Skip(1).SkipLast(1)], indentation + 4))
                {
                    yield return inner;
                }
            }
            else if (MethodHead().IsMatch(head))
            {
                yield return (head, member.Length);
            }
        }
    }

    private static bool IsHead(string line, int indentation) =>
        line.Length > indentation && line.AsSpan(0, indentation).IsWhiteSpace() && char.IsLetter(line[indentation]) && !line.AsSpan(indentation).StartsWith("where ");

    [GeneratedRegex(@"^(?!\s*(?://|\[|#))\s*\S")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:\w+ )*(?:class|record|struct|interface)\b")]
    private static partial Regex TypeHead();

    /// <summary>What has parentheses before it is given a value.</summary>
    [GeneratedRegex(@"^(?!namespace|using)[^=]*\(")]
    private static partial Regex MethodHead();
}
