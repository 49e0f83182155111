namespace XenMigrate.Toolstacks.Xend;

/// <summary>What xend-config.sxp comes to: each value as xend takes it, defaults included.</summary>
internal sealed record XendConfiguration
{
    public const string Path = "/etc/xen/xend-config.sxp";
    public const int DefaultPort = 8002;
    public const int DefaultSslPort = 8003;

    // The others are read when they are needed.
    private static readonly string[] s_readAtStart = ["xend-relocation-server", "xend-relocation-ssl-server", "xend-relocation-hosts-allow"];

    public bool RelocationServer { get; init; }

    public int RelocationPort { get; init; } = DefaultPort;

    /// <summary>The address that xend listens on; "" for all.</summary>
    public string RelocationAddress { get; init; } = "";

    public bool ListensEverywhere => RelocationAddress is "" or "0.0.0.0";

    public HostsAllow HostsAllow { get; init; } = new("");

    public bool RelocationSslServer { get; init; }

    public int RelocationSslPort { get; init; } = DefaultSslPort;

    /// <summary>Whether xm migrate uses TLS if it is not told.</summary>
    public bool RelocationSsl { get; init; }

    /// <summary>MiB that the control domain keeps when guests want memory.</summary>
    public long Dom0MinimumMemoryMB { get; init; }

    /// <summary>Whether xend takes memory from the control domain at all: since Xen 4.0 it can be told not to.</summary>
    public bool Dom0Ballooning { get; init; } = true;

    public string? NetworkScript { get; init; }

    public string? VifScript { get; init; }

    public static RemoteCommand Command { get; } = new("cat", Path);

    public static Question<XendConfiguration> Question(string host) => new(
        Command,
        result => result.Succeeded ? ParseFile(result.Output) : throw new RemoteCommandFailedException(host, Command, result));

    /// <summary>
    /// Reads what is said to be the file. xend would take an empty one, or any words, for its defaults; nobody has such a file.
    /// </summary>
    private static XendConfiguration ParseFile(string output)
    {
        XendConfiguration configuration = Parse(output);
        IReadOnlyList<SxpValue> elements = SxpReader.Read(output);
        return elements.OfType<SxpAtom>().FirstOrDefault() is { } stray
            ? throw new OutputNotUnderstoodException(Command, $"'{stray.Text}' stands in no element", output)
            : elements.Count == 0 && output.IndexOf('#') < 0
                ? throw new OutputNotUnderstoodException(Command, "it is empty", output)
                : configuration;
    }

    /// <exception cref="ConfigurationInvalidException">xend would not start with it.</exception>
    public static XendConfiguration Parse(string text)
    {
        SxpList all;
        try
        {
            // xend looks values up as children of one list; which name that has does not matter.
            all = new SxpList([new SxpAtom("xend-config"), .. SxpReader.Read(text)]);
        }
        catch (SxpException e)
        {
            throw new ConfigurationInvalidException(Path, e.Message, e);
        }

        // An empty list would otherwise be no patterns, and let everybody in.
        _ = Text(all, "xend-relocation-hosts-allow");
        SxpAtom? hostsAllow = all.Value("xend-relocation-hosts-allow") as SxpAtom;
        return new XendConfiguration
        {
            RelocationServer = Flag(all, "xend-relocation-server"),
            RelocationPort = (int)Number(all, "xend-relocation-port", DefaultPort, 65535),
            RelocationAddress = Text(all, "xend-relocation-address") ?? "",
            HostsAllow = new HostsAllow(hostsAllow?.Text ?? "", hostsAllow?.LostCharacters ?? false, hostsAllow is { IsQuoted: false } word && word.Text.Contains('!')),
            RelocationSslServer = Flag(all, "xend-relocation-ssl-server"),
            RelocationSslPort = (int)Number(all, "xend-relocation-ssl-port", DefaultSslPort, 65535),
            RelocationSsl = Flag(all, "xend-relocation-ssl"),
            Dom0MinimumMemoryMB = Number(all, "dom0-min-mem", 0, int.MaxValue),
            Dom0Ballooning = Text(all, "enable-dom0-ballooning") is not { } answer || Boolean(answer) != false,
            NetworkScript = Text(all, "network-script"),
            VifScript = Text(all, "vif-script"),
        };
    }

    /// <summary>xend's words for yes and no, in any case; null for any other word.</summary>
    public static bool? Boolean(string word) => word.ToLowerInvariant() switch
    {
        "yes" or "y" or "1" or "on" or "true" or "t" => true,
        "no" or "n" or "0" or "off" or "false" or "f" => false,
        _ => null,
    };

    private static bool Flag(SxpList all, string name) =>
        Text(all, name) is { } word ? Boolean(word) ?? throw Invalid(name, word, "no yes or no") : false;

    private static long Number(SxpList all, string name, long otherwise, long most)
    {
        if (Text(all, name) is not { } word)
        {
            return otherwise;
        }

        return long.TryParse(word, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            && number <= most
                ? number
                : throw Invalid(name, word, "no number that would do");
    }

    private static string? Text(SxpList all, string name) => all.Value(name) switch
    {
        null => null,
        SxpAtom atom => atom.Text,
        SxpValue list => throw Invalid(name, list.ToString(), "a list, and has to be a word"),
    };

    private static ConfigurationInvalidException Invalid(string name, string value, string reason) =>
        new(Path, $"{name} is {SxpWriter.Atom(value)}, which is {reason}. {(s_readAtStart.Contains(name) ? "xend does not start" : "xend starts, and fails when it needs it, as in the first move")}");
}
