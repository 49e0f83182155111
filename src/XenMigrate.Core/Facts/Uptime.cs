namespace XenMigrate.Facts;

/// <summary>How long a host is up: its control domain starts with the hypervisor, so this is Xen's uptime too.</summary>
internal sealed record Uptime(TimeSpan Value)
{
    public static RemoteCommand Command { get; } = new("cat", "/proc/uptime");

    public static Question<Uptime> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">It does not begin with seconds.</exception>
    public static Uptime Parse(string output) =>
        double.TryParse(output.Trim().Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < 1e10
                ? new Uptime(TimeSpan.FromSeconds(seconds))
                : throw new OutputNotUnderstoodException(Command, "no seconds", output);
}
