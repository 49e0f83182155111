namespace XenMigrate.Facts;

/// <summary>What a guest has written into xenstore of whether it can be suspended.</summary>
/// <param name="Offers">Whether it offers to be suspended.</param>
/// <param name="TellsOthers">Whether it tells what else it can do: a kernel that does tells all of it.</param>
/// <param name="HasDrivers">Whether a driver of its own is connected to a device of Xen's.</param>
internal sealed record SuspendOffer(bool Offers, bool TellsOthers, bool HasDrivers)
{
    private const string Connected = "4";

    // "control = """, and below it " feature-suspend = "1"", indented by the depth in the tree.
    private static readonly LinePattern s_line = new(
        @"^(?<depth> *)(?<name>\S+) = ""(?<value>.*)""\s*$");

    public static RemoteCommand Command(int id) =>
        new("xenstore-ls", "/local/domain/" + id.ToString(CultureInfo.InvariantCulture));

    public static Question<SuspendOffer> Question(string host, int id) => new(
        Command(id),
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, Command(id), result));

    /// <exception cref="OutputNotUnderstoodException">It is no domain's part of xenstore.</exception>
    public static SuspendOffer Parse(string output)
    {
        HashSet<string> offers = [];
        bool hasDrivers = false;
        bool isDomain = false;
        string folder = "";
        foreach (Match line in output.Split('\n').Select(text => s_line.Match(text)).Where(match => match.Success))
        {
            string name = line.Groups["name"].Value;
            string value = line.Groups["value"].Value;
            if (line.Groups["depth"].Length == 0)
            {
                folder = name;
                isDomain |= name == "domid" || name == "control";
            }
            else if (folder == "control" && value == "1")
            {
                _ = offers.Add(name);
            }
            else
            {
                hasDrivers |= folder == "device" && name == "state" && value == Connected;
            }
        }

        return isDomain
            ? new SuspendOffer(
                offers.Contains("feature-suspend"),
                offers.Contains("feature-poweroff") || offers.Contains("feature-reboot"),
                hasDrivers)
            : throw new OutputNotUnderstoodException(new RemoteCommand("xenstore-ls"), "no domain", output);
    }
}
