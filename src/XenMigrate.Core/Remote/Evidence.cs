namespace XenMigrate;

/// <summary>What a check's answer rests on.</summary>
public sealed record Evidence(string ComputerName, string Command, int ExitCode, string Excerpt)
{
    /// <summary>The host that was asked.</summary>
    public string ComputerName { get; internal init; } = ComputerName;

    /// <summary>The command, as a shell would read it.</summary>
    public string Command { get; internal init => field = PrintableText.Of(value); } = PrintableText.Of(Command);

    /// <summary>How it ended.</summary>
    public int ExitCode { get; internal init; } = ExitCode;

    /// <summary>The part of its output that matters.</summary>
    public string Excerpt { get; internal init => field = PrintableText.Of(value); } = PrintableText.Of(Excerpt);

    public override string ToString() => $"{Command} on {ComputerName} ended with {ExitCode}";
}
