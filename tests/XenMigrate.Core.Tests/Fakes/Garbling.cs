namespace XenMigrate.Tests;

/// <summary>What may become of a command's output on its way.</summary>
/// <param name="Name">In a failed test's message.</param>
/// <param name="Of">Makes it of what the command really wrote.</param>
internal sealed record Garbling(string Name, Func<CommandResult, CommandResult> Of)
{
    private static readonly string[] s_locales =
    [
        "bash: Warnung: setlocale: LC_ALL: Locale kann nicht gewechselt werden (de_DE.UTF-8)\nDatei oder Verzeichnis nicht gefunden\n",
        "Aucun fichier ou dossier de ce type : accès refusé\n",
        "そのようなファイルやディレクトリはありません\n許可がありません\n",
    ];

    private static readonly string[] s_banners =
    [
        "Last login: Mon Nov 23 08:00:00 2026 from 10.0.0.1\n",
        "*** Authorised use only: all of it is logged. ***\n\n(and so on)\n",
        "Name of this host is State of the art\n",
        "stdin: is not a tty\n\u001b[1;31mDisk / is 97% full\u001b[0m\n",
    ];

    /// <summary>What leaves nothing of what the command wrote.</summary>
    public static IReadOnlyList<Garbling> Destroying { get; } =
    [
        new("nothing", result => result with { Output = "", Error = "" }),
        new("a line end", result => result with { Output = "\n" }),
        new("not installed", _ => new CommandResult(127, "", "bash: Kommando nicht gefunden.\n")),
        new("killed", _ => new CommandResult(137, "", "")),
        new("nobody knows how it ended", _ => new CommandResult(-1, "", "")),
        new("binary", result => result with { Output = Binary(4096) }),
        new("zeros", result => result with { Output = new string('\0', 5000) }),
        new("one long line", result => result with { Output = new string('x', 20_000) }),
        new("spaces", result => result with { Output = "x" + new string(' ', 20_000) + "x" }),
        new("cut off by us", result => result with { Output = "", Discarded = 1 }),
        .. s_locales.Select(said => new Garbling("an answer in words: " + said, result => result with { Output = said })),
        .. s_locales.Select(said => new Garbling("a failure in words: " + said, _ => new CommandResult(1, "", said))),
        .. s_banners.Select(said => new Garbling("a banner alone: " + said, result => result with { Output = said })),
    ];

    /// <summary>What leaves all of it there.</summary>
    public static IReadOnlyList<Garbling> Adding { get; } =
    [
        new("line ends of Windows", result => result with { Output = result.Output.Replace("\n", "\r\n") }),
        new("cut off by us, late", result => result with { Discarded = 1 }),
        new("a NUL at the end", result => result with { Output = result.Output + "\0" }),
        .. s_banners.Select(said => new Garbling("a banner before: " + said, result => result with { Output = said + result.Output })),
        .. s_banners.Select(said => new Garbling("a banner after: " + said, result => result with { Output = result.Output + said })),
    ];

    /// <summary>Anything at all, most of which leaves some of it.</summary>
    public static Gen<Garbling> Any { get; } = Gen.Select(Gen.Int[0, 7], Gen.Double[0, 1], Gen.Double[0, 1], Gen.String[0, 30]).Select(
        (kind, where, howMuch, text) => kind switch
        {
            0 => Destroying[(int)(where * (Destroying.Count - 1))],
            1 => Adding[(int)(where * (Adding.Count - 1))],
            2 => new Garbling($"only the first {where:p1}", result => Change(result, output => output[..At(output, where)])),
            3 => new Garbling($"only what follows {where:p1}", result => Change(result, output => output[At(output, where)..])),
            4 => new Garbling($"a line left out at {where:p1}", result => Lines(result, where, _ => [])),
            5 => new Garbling($"a line twice at {where:p1}", result => Lines(result, where, line => [line, line])),
            6 => new Garbling($"a line '{text}' at {where:p1}", result => Lines(result, where, line => [text, line])),
            _ => new Garbling(
                $"'{text}' in place of {howMuch:p1} from {where:p1} on",
                result => Change(result, output => output[..At(output, where)] + text + output[At(output, Math.Min(1, where + (howMuch * howMuch)))..])),
        });

    public override string ToString() => Name;

    private static CommandResult Change(CommandResult result, Func<string, string> change) =>
        result with { Output = change(result.Output), Error = change(result.Error) };

    private static CommandResult Lines(CommandResult result, double where, Func<string, IEnumerable<string>> change) => Change(result, output =>
    {
        List<string> lines = [.. output.Split('\n')];
        int at = (int)(where * (lines.Count - 1));
        string line = lines[at];
        lines.RemoveAt(at);
        lines.InsertRange(at, change(line));
        return string.Join('\n', lines);
    });

    private static int At(string text, double share) => (int)(share * text.Length);

    private static string Binary(int length)
    {
        Random random = new(20261123);
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }
}
