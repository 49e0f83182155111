namespace XenMigrate.Checks;

/// <summary>The one sure sign of shared storage; it writes, so it is made with consent only.</summary>
internal sealed class TokenRoundTripCheck()
    : GuestCheck("XM-STO-03", "What one host writes beside the disks, the other reads", CheckCategory.Storage, "DiskNotShared")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Tokens is null)
        {
            return Skipped("It writes a file beside each disk, so it is only made on request: Test-MigrationEnvironment -IncludeWriteTest.");
        }

        string[] folders = [.. TokenTest.FoldersOf(pair, guest)];
        if (folders.Length == 0)
        {
            return Skipped($"No disk of {guest.Name} is a file that it writes.");
        }

        if (folders.FirstOrDefault(folder => !pair.Tokens.ContainsKey(folder)) is { } forgotten)
        {
            return Unknown(
                $"Nothing was written into {forgotten} on {pair.Source.Host}: the disks of {guest.Name} changed meanwhile.",
                $"Test {pair.Source.Host} and {pair.Destination.Host} again.");
        }

        TokenPassage[] passages = [.. folders.SelectMany(folder => pair.Tokens[folder].Passages)];
        if (passages.FirstOrDefault(passage => passage.Arrived == false) is { } lost)
        {
            return lost.Written.Value!.Succeeded ? Unseen(lost) : Unwritable(lost);
        }

        if (passages.FirstOrDefault(passage => passage.Arrived is null) is { } open)
        {
            return open.Written.Value is null ? Unknown(open.Written)
                : open.Read.Value is not { } refused ? Unknown(open.Read)
                : Unknown(
                    $"{open.Reader} could not read {open.Token.Path}, which {open.Writer} wrote: {refused.Error.Trim()}",
                    $"See, on {open.Reader}, who may look into {TokenTest.FolderOf(open.Token.Path)}: ls -ld {TokenTest.FolderOf(open.Token.Path)}; "
                        + "an NFS server has to export it with no_root_squash.",
                    open.Read.Evidence);
        }

        return passages.FirstOrDefault(passage => passage.IsLeft) is { } left
            ? new Finding(CheckStatus.Warning, $"Both hosts see {string.Join(", ", folders)}, but {left.Writer} could not remove {left.Token.Path}.")
            {
                Expected = "no such file after the test",
                Actual = left.Token.Path,
                Remediation = $"On {left.Writer}: {left.Token.Remove}",
                Evidence = left.Read.Evidence,
            }
            : Passed($"Each host read in {string.Join(", ", folders)} what the other wrote.", passages[0].Read.Evidence);
    }

    private static Finding Unseen(TokenPassage lost) => new(
        CheckStatus.Failed,
        $"{lost.Reader} does not see what {lost.Writer} wrote to {lost.Token.Path}, so their folders are not the same.{Leftover(lost)}")
    {
        Expected = $"{lost.Token.Path} of {lost.Writer} on {lost.Reader}",
        Actual = lost.Read.Value is { Succeeded: true } ? "another text" : lost.Read.Value!.Error.Trim(),
        Remediation = $"Mount one storage on {lost.Writer} and {lost.Reader} at the same path. A copy will not do.",
        Evidence = lost.Read.Evidence,
    };

    private static Finding Unwritable(TokenPassage lost) => new(
        CheckStatus.Failed, $"{lost.Writer} could not write {lost.Token.Path}: {lost.Written.Value!.Error.Trim()}")
    {
        Expected = "a folder that root may write to",
        Actual = lost.Written.Value.Error.Trim(),
        Remediation = $"See, on {lost.Writer}, how it is mounted (grep ' {lost.Token.Path.Substring(0, lost.Token.Path.LastIndexOf('/'))} ' /proc/mounts); "
            + "an NFS server has to export it with rw,no_root_squash.",
        ErrorId = "DiskNotWritable",
        Evidence = lost.Written.Evidence,
    };

    private static string Leftover(TokenPassage passage) =>
        passage.IsLeft ? $" {passage.Writer} could not remove it again: {passage.Token.Remove}" : "";
}
