namespace XenMigrate.Relocation;

/// <summary>
/// xend-config.sxp on its host, byte for byte: a shell's output comes to us as UTF-8, which an old file need not be.
/// </summary>
internal static class RelocationFile
{
    /// <summary>A command line may have 128 KiB, and the text goes into it twice, with escapes.</summary>
    public const int MaximumLength = 24 * 1024;

    private const int ExcerptLength = 2000;

    public static readonly RemoteCommand Command = new("od", "-A", "n", "-v", "-t", "x1", XendConfiguration.Path);

    public static Question<string> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, Command, result));

    /// <summary>The text that these hexadecimal numbers are, one character a byte.</summary>
    public static string Parse(string output)
    {
        StringBuilder text = new(output.Length / 3);
        int digits = 0;
        int code = 0;
        foreach (char c in output)
        {
            int digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                ' ' or '\n' when digits == 0 => -1,
                _ => throw NotUnderstood("it is no list of bytes", output),
            };
            if (digit >= 0)
            {
                code = (code * 16) + digit;
                digits++;
            }

            if (digits == 2)
            {
                _ = text.Append((char)code);
                (digits, code) = (0, 0);
            }

            if (text.Length > MaximumLength)
            {
                throw NotUnderstood($"the file has more than {MaximumLength} bytes", output);
            }
        }

        return digits == 0 ? text.ToString() : throw NotUnderstood("it ends within a byte", output);
    }

    /// <summary>A text in the escapes of printf's %b, which only have letters that no shell and no protocol changes.</summary>
    public static string Encode(string text)
    {
        StringBuilder encoded = new(text.Length + (text.Length / 4));
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => encoded.Append(@"\n"),
                >= ' ' and < '\u007f' and not '\\' and not '\'' => encoded.Append(c),
                _ => encoded.Append(@"\0").Append(Convert.ToString(c, 8).PadLeft(3, '0')),
            };
        }

        return encoded.ToString();
    }

    /// <summary>The text again, for a host that carries our script out without a shell.</summary>
    public static string Decode(string encoded)
    {
        StringBuilder text = new(encoded.Length);
        for (int i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '\\')
            {
                _ = text.Append(encoded[i]);
            }
            else if (encoded[i + 1] == 'n')
            {
                _ = text.Append('\n');
                i++;
            }
            else
            {
                _ = text.Append((char)Convert.ToInt32(encoded.Substring(i + 2, 3), 8));
                i += 4;
            }
        }

        return text.ToString();
    }

    private static OutputNotUnderstoodException NotUnderstood(string reason, string output) =>
        new(Command, reason, output.Length <= ExcerptLength ? output : output.Substring(0, ExcerptLength));
}
