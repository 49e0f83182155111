namespace XenMigrate.Ssh;

/// <summary>
/// A line that makes any login shell run a script of ours in /bin/sh. sshd hands what we send to the shell that the user
/// has in passwd, and csh, tcsh and fish quote by rules of their own.
/// </summary>
/// <remarks>
/// All shells agree on what stands in single quotes, but for the quote itself, the backslash (fish), the exclamation mark
/// and the newline (csh). So none of those is sent: such a character, and all that is not plain ASCII, becomes a backslash
/// with n or octal digits, which is just that in every shell, and which printf's %b takes back over there.
/// </remarks>
internal static class LoginShellLine
{
    // All words take the place of their codes in one process, with a separator between them that comes first, so that it need not
    // be written here; the x keeps newlines at the end.
    private const string Decoder =
        """case $* in *"\0"*|*"\n"*) a=$(printf "\037%b" "$@"; echo x); a=${a%x*}; IFS=${a%"${a#?}"}; set -f; set -- ${a#?}$IFS; set +f; unset IFS a ;; esac; """;

    // The same for words that have the separator: one by one.
    private const string SlowDecoder =
        """for w do case $w in *"\0"*|*"\n"*) w=$(printf %bx "$w"); w=${w%x} ;; esac; set -- "$@" "$w"; shift; done; """;

    /// <param name="script">A script of one line without any of those characters.</param>
    /// <param name="words">What it finds as its arguments; whatever they hold.</param>
    public static string Of(string script, IEnumerable<string> words) =>
        $"exec /bin/sh -c '{(words.Any(word => word.Contains('\u001f')) ? SlowDecoder : Decoder)}{script}' sh {string.Join(" ", words.Select(Quoted))}";

    private static string Quoted(string word)
    {
        StringBuilder quoted = new("'", word.Length + 8);
        foreach (char c in Encoding.UTF8.GetBytes(word).Select(b => (char)b))
        {
            _ = c == '\n' ? quoted.Append(@"\n")
                : c is >= ' ' and <= '~' and not ('\'' or '\\' or '!') ? quoted.Append(c)
                : quoted.Append(@"\0").Append(Digit(c >> 6)).Append(Digit((c >> 3) & 7)).Append(Digit(c & 7));
        }

        return quoted.Append('\'').ToString();
    }

    private static char Digit(int value) => (char)('0' + value);
}
