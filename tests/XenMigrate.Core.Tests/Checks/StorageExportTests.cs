namespace XenMigrate.Tests;

/// <summary>How a server exports the disks of guests, as far as its hosts tell.</summary>
public class StorageExportTests
{
    [Fact]
    public void A_disk_that_may_not_be_written_by_nfs_comes_with_the_export_to_mend() => Assert.Contains(
        "no_root_squash", Result("XM-STO-04", Facts.Access(isWritable: false)).Remediation, StringComparison.Ordinal);

    [Fact]
    public void How_a_third_server_exports_is_open_and_stops_no_move()
    {
        CheckResult result = Result("XM-STO-06", Facts.Disks(
            Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas:/vol", "10.77.0.1"), Facts.Nfs("nas:/vol", "10.77.0.1")));

        Assert.Equal((CheckStatus.Unknown, CheckSeverity.Warning), (result.Status, result.Severity));
        Assert.Contains("exportfs -v", result.Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.77.0.8", CheckStatus.Passed)]
    [InlineData("b", CheckStatus.Passed)]
    [InlineData("10.77.0.0/24", CheckStatus.Passed)]
    [InlineData("10.77.0.0/255.255.255.0", CheckStatus.Passed)]
    [InlineData("10.77.1.0/24", CheckStatus.Failed)]
    [InlineData("*.example.com", CheckStatus.Unknown)]
    [InlineData("@xenhosts", CheckStatus.Unknown)]
    public void Of_several_entries_the_one_that_names_the_client_most_closely_counts(string client, CheckStatus status)
    {
        PairFacts pair = Facts.AtSource(host => host with
        {
            Storage = host.Storage with
            {
                Exports = Facts.Known<IReadOnlyList<NfsExport>>(
                    "a", [new("/images", "<world>", ["rw", "sync", "root_squash"]), new("/images", client, ["rw", "sync", "no_root_squash"])]),
            },
        });

        Assert.Equal(status, Result("XM-STO-06", pair).Status);
    }

    [Fact]
    public void Exports_that_a_host_does_not_tell_are_not_right_for_that()
    {
        PairFacts pair = Facts.Disks(Facts.Block(Facts.Path, "WWN=1"), Facts.Block(Facts.Path, "WWN=1"));

        Assert.Equal(CheckStatus.Passed, Result("XM-STO-06", pair).Status);
        Assert.Equal(
            CheckStatus.Unknown,
            Result("XM-STO-06", pair with { Destination = pair.Destination with { Storage = StorageFacts.None("b", "no route") } }).Status);
    }

    [Fact]
    public void An_export_that_is_not_listed_stays_open() =>
        Assert.Equal(CheckStatus.Unknown, Result("XM-STO-06", Facts.Exporting("/other", "*", "sync", "no_root_squash")).Status);

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
