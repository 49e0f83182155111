namespace XenMigrate.Toolstacks.Xend;

/// <summary>What repeats the item before it in a regular expression: *, +, ? and {least,most}.</summary>
internal static class PythonRepetition
{
    /// <summary>How often the item before is to be there, if that is what comes next; a brace that tells no number is itself.</summary>
    public static PythonWidth? Read(PythonCursor cursor)
    {
        PythonWidth? simple = cursor.Next switch { '*' => PythonWidth.Any, '+' => new PythonWidth(1, PythonWidth.NoLimit), '?' => new PythonWidth(0, 1), _ => null };
        if (simple is not null)
        {
            cursor.At++;
            return simple;
        }

        int start = cursor.At;
        if (cursor.Take('{') && cursor.Next != '}')
        {
            string least = cursor.Digits();
            string most = cursor.Take(',') ? cursor.Digits() : least;
            if (cursor.Take('}'))
            {
                PythonWidth times = new(Number(least, 0), Number(most, PythonWidth.NoLimit));
                return times.Least <= times.Most ? times : throw new FormatException("bad repeat interval");
            }
        }

        cursor.At = start;
        return null;
    }

    private static int Number(string digits, int otherwise) => int.TryParse(digits, out int number) ? number : otherwise;
}
