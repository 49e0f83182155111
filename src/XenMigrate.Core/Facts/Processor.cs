namespace XenMigrate.Facts;

/// <summary>A host's first CPU as Linux sees it.</summary>
/// <param name="Vendor">GenuineIntel, AuthenticAMD …</param>
/// <param name="Model">The name that the maker gave it, or null.</param>
/// <param name="MHz">The rate of its time stamp counter; null if it is not told.</param>
internal sealed record Processor(string Vendor, string? Model, double? MHz)
{
    // The first three lines that match are those of the first CPU.
    public static RemoteCommand Command { get; } = new("grep", "-m", "3", "-E", "^(vendor_id|model name|cpu MHz)", "/proc/cpuinfo");

    public static Question<Processor> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">It has no vendor.</exception>
    public static Processor Parse(string output)
    {
        ILookup<string, string> fields = output.Split('\n')
            .Select(line => line.Split([':'], 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim());

        return fields["vendor_id"].FirstOrDefault() is { Length: > 0 } vendor
            ? new Processor(vendor, fields["model name"].FirstOrDefault(), Number(fields["cpu MHz"].FirstOrDefault()))
            : throw new OutputNotUnderstoodException(Command, "it has no vendor_id", output);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1e6
            ? number
            : null;
}
