namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Every check is provoked: one thing is broken, and the check that it concerns tells of it, and no other.</summary>
public class ProvocationTests
{
    public static TheoryData<string> Ids => [.. AllChecks.InOrder.Select(check => check.Id)];

    [Fact]
    public async Task A_sound_pair_has_nothing_to_warn_of()
    {
        using TestPair pair = Sound();

        IReadOnlyList<CheckResult> results = await TestAsync(pair, new Provocation(_ => { }));

        Assert.Equal(AllChecks.InOrder.Select(check => check.Id).Order(), results.Select(result => result.Id).Order());
        Assert.DoesNotContain(results, IsProblem);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_is_broken_is_told_by_its_check_and_no_other(string id)
    {
        Assert.True(Provocations.ById.ContainsKey(id), $"nothing provokes {id}");
        Provocation provocation = Provocations.ById[id];
        using TestPair pair = Sound();

        IReadOnlyList<CheckResult> results = await TestAsync(pair, provocation);

        CheckResult told = Assert.Single(results, result => result.Id == id);
        Assert.True(told.Status == provocation.Status, told.ToString());
        IEnumerable<CheckResult> others = results.Where(result =>
            IsProblem(result) && result.Id != id && !(provocation.LeavesOthersOpen && result.Status == CheckStatus.Unknown));
        Assert.Equal(provocation.AlsoTold, others.Select(result => result.Id));
        if (provocation.NotOfXend is { } why)
        {
            Assert.Equal(why, told.Message);
            return;
        }

        // Whoever reads it learns what should be, what is, and what to do on which host.
        Assert.Contains("et-virt0", told.Message, StringComparison.Ordinal);
        Assert.All([told.Expected, told.Actual, told.Remediation], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.True(told.Evidence is not null || id == "XM-CON-01");
    }

    private static bool IsProblem(CheckResult result) => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped);

    /// <summary>The chapter's pair, but for its two risks: it admits the other host alone, and exports its storage with sync.</summary>
    private static TestPair Sound()
    {
        TestPair pair = new("guest");
        pair.Virt07.Faults.SetHostsAllow(@"^10\.0\.0\.8$");
        pair.Virt07.Faults.ExportStorage("rw,sync,no_root_squash");
        return pair;
    }

    private static async Task<IReadOnlyList<CheckResult>> TestAsync(TestPair pair, Provocation provocation)
    {
        provocation.Break(pair);
        HostSession source = (await ConnectAsync(pair, "et-virt08")).Session!;
        Guest guest = Assert.Single(await source.Toolstack.ListAsync(default), guest => guest.Name == "guest");
        CheckSettings settings = new() { IncludeWriteTest = provocation.WithToken };
        return await EnvironmentTester.TestAsync(source, await ConnectAsync(pair, "et-virt07"), [guest], settings, default);
    }

    private static async Task<HostEnd> ConnectAsync(TestPair pair, string host)
    {
        try
        {
            return await ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);
        }
        catch (HostUnreachableException e)
        {
            return new HostEnd(host, null, e.Message);
        }
    }
}
