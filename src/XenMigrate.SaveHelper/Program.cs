using System.Reflection;

namespace XenMigrate.SaveHelper;

/// <summary>Takes the place of libxl's save helper, as libxl calls it; and answers a few words of our own.</summary>
internal static class Program
{
    private const int Done = 0;
    private const int NobodyThere = 3;

    public static string Version => Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "";

    public static int Main(string[] arguments) => arguments switch
    {
        ["--version"] => Print($"xenmigrate-save-helper {Version}"),
        ["--probe"] => Print(Probe.Answer()),
        ["--tell", var domain, "abort" or "abort-live" or "offline"] when Number(domain) is { } number =>
            ControlPipe.Tell(number, arguments[2]) ? Done : NobodyThere,
        ["--follow", var domain] when Number(domain) is { } number => EventFollower.Follow(number) ? Done : NobodyThere,
        [DirtyRate.Word, var domain, var seconds] when Number(domain) is { } number && DirtyRate.Time(seconds) is { } time =>
            DirtyRate.Run(number, time),
        [Guard.Word, var domain] when Number(domain) is { } number => Guard.Run(number),
        [SaveArguments.Word, ..] => SaveDomain.Run(arguments),
        [RestoreDomain.Word, _, ..] => RestoreDomain.Run(arguments),
        _ => StockHelper.Become(arguments, "arguments that are not known to it"),
    };

    private static int Print(string line) => Descriptors.WriteAll(1, Encoding.UTF8.GetBytes(line + "\n")) ? Done : 1;

    private static uint? Number(string word) =>
        uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
}
