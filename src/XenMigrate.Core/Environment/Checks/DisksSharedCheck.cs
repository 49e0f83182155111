using System.Linq;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Environment.Checks;

/// <summary>A disk of the same path that is another file would give the guest a file system it never wrote.</summary>
internal sealed class DisksSharedCheck : GuestCheck
{
    public override string Id => "XM-STO-02";

    public override string Name => "Every disk is the same storage on both hosts";

    public override CheckCategory Category => CheckCategory.Storage;

    public override string ErrorId => "DiskNotShared";

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        string[] paths = [.. guest.Disk.Select(disk => disk.Path).OfType<string>()];
        foreach (string path in paths)
        {
            if (!TryGet(pair.Source, path, out Answer<DiskFile> here) || !TryGet(pair.Destination, path, out Answer<DiskFile> there))
            {
                return Unknown(here.Value is null ? here : Get(pair.Destination, path));
            }

            if (!there.Value!.Exists)
            {
                return Skipped($"{path} is missing at {pair.Destination.Host}: see XM-STO-01.");
            }

            SharedStorage verdict = SharedStorage.Compare(pair, here.Value!, there.Value);
            if (verdict.IsSame is null)
            {
                return Unknown(
                    $"Whether {path} is the same storage on both hosts can't be told: {verdict.Reason}.",
                    $"Compare by hand. If it is the same: -SkipCheck {Id}",
                    there.Evidence);
            }

            if (verdict.IsSame == false)
            {
                return new Finding(
                    CheckStatus.Failed,
                    $"{path} of {guest.Name} is not the same storage on {pair.Source.Host} and {pair.Destination.Host}: {verdict.Reason}.")
                {
                    Expected = "one file or device, seen by both hosts",
                    Actual = verdict.Reason,
                    Remediation = $"Mount the storage of {pair.Source.Host} on {pair.Destination.Host} at the same path. A copy will not do.",
                    Evidence = there.Evidence,
                };
            }
        }

        return paths.Length == 0
            ? Passed($"{guest.Name} has no disk.")
            : Passed($"{string.Join(", ", paths)}: the same on both hosts.", Get(pair.Destination, paths[0]).Evidence);
    }

    private static bool TryGet(HostFacts host, string path, out Answer<DiskFile> answer)
    {
        answer = Get(host, path);
        return answer.Value is not null;
    }

    private static Answer<DiskFile> Get(HostFacts host, string path) =>
        host.Disks.TryGetValue(path, out Answer<DiskFile>? found)
            ? found
            : Answer<DiskFile>.None(host.Host, host.SessionProblem ?? $"{path} was not looked for");
}
