namespace XenMigrate.Tests;

public class TokenTestTests
{
    private int _words;

    [Fact(Timeout = 20000)]
    public async Task What_both_hosts_write_and_read_is_shared_and_removed()
    {
        Dictionary<string, string> folder = [];

        TokenRoundTrip result = await RunAsync(Host("a", folder), Host("b", folder));

        Assert.True(result.IsShared);
        Assert.Equal("/images", result.Folder);
        Assert.Empty(folder);
        Assert.DoesNotContain(result.Passages, passage => passage.IsLeft);
    }

    [Fact(Timeout = 20000)]
    public async Task Two_folders_of_one_name_are_not_shared_and_both_are_cleaned()
    {
        Dictionary<string, string> here = [];
        Dictionary<string, string> there = [];

        TokenRoundTrip result = await RunAsync(Host("a", here), Host("b", there));

        Assert.False(result.IsShared);
        Assert.All([here, there], Assert.Empty);
    }

    [Fact(Timeout = 20000)]
    public async Task Each_host_is_given_three_executions_for_all_folders()
    {
        FakeShell source = Host("a", []);
        FakeShell destination = Host("b", []);

        IReadOnlyDictionary<string, TokenRoundTrip> results = await new TokenTest(NewWord).RunAsync(
            A.Host(source), A.Host(destination), ["/images", "/more"], CancellationToken.None);

        Assert.Equal(["/images", "/more"], results.Keys.Order());
        Assert.Equal((3, 3), (source.Executions.Count, destination.Executions.Count));
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        Dictionary<string, string> folder = new() { ["/images/.xenmigrate-word1"] = "somebody's" };

        TokenRoundTrip result = await RunAsync(Host("a", folder, remove: false), Host("b", folder, remove: false));

        Assert.Equal("somebody's", folder["/images/.xenmigrate-word1"]);
        Assert.False(result.IsShared);
    }

    [Fact(Timeout = 20000)]
    public async Task What_was_written_is_removed_also_when_the_test_is_cancelled()
    {
        Dictionary<string, string> folder = [];
        using CancellationTokenSource cancellation = new();
        FakeShell destination = Host("b", folder).Does("cat*", (_, _, _) =>
        {
            cancellation.Cancel();
            return Task.FromCanceled<CommandResult>(cancellation.Token);
        });

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TokenTest(NewWord).RunAsync(
            A.Host(Host("a", folder)), A.Host(destination), ["/images"], cancellation.Token));

        Assert.Empty(folder);
    }

    [Fact(Timeout = 20000)]
    public async Task What_its_writer_can_not_remove_its_reader_does()
    {
        Dictionary<string, string> folder = [];
        FakeShell source = Host("a", folder).Throws("rm*", new HostDisconnectedException("a", "reset by peer"));

        TokenRoundTrip result = await RunAsync(source, Host("b", folder));

        Assert.True(result.IsShared);
        Assert.Empty(folder);
        Assert.DoesNotContain(result.Passages, passage => passage.IsLeft);
    }

    [Fact(Timeout = 20000)]
    public async Task What_nobody_can_remove_is_told()
    {
        Dictionary<string, string> folder = [];

        TokenRoundTrip result = await RunAsync(Host("a", folder, remove: false), Host("b", folder, remove: false));

        Assert.All(result.Passages, passage => Assert.True(passage.IsLeft));
        CheckResult check = Assert.Single(
            CheckRunner.Examine(Facts.Good with { Tokens = Facts.Tokens(result) }, Facts.Guest, new Moving(true), CheckSelection.Everything),
            found => found.Id == "XM-STO-03");
        Assert.Equal(CheckStatus.Warning, check.Status);
        Assert.Contains("On a: rm -f -- /images/.xenmigrate-word1", check.Remediation, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_that_does_not_answer_leaves_it_open()
    {
        FakeShell silent = new FakeShell("b").Throws("*", new HostDisconnectedException("b", "reset by peer"));

        TokenRoundTrip result = await RunAsync(Host("a", []), silent);

        Assert.Null(result.IsShared);
        Assert.Contains("reset by peer", result.Passages[0].Read.Problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_without_a_session_is_not_written_to()
    {
        IReadOnlyDictionary<string, TokenRoundTrip> results = await new TokenTest(NewWord).RunAsync(
            new HostEnd("a", null, "no route"), A.Host(Host("b", [])), ["/images"], CancellationToken.None);

        Assert.Null(results["/images"].Passages[0].Arrived);
        Assert.False(results["/images"].Passages[0].IsLeft);
    }

    [Theory]
    [InlineData("/dev/vg/web", false)]
    [InlineData("/images/web.iso", true)]
    [InlineData(null, false)]
    public void Only_files_that_the_guest_writes_have_a_folder(string? path, bool readOnly) =>
        Assert.Empty(TokenTest.FoldersOf(Facts.Good, Facts.Guest with { Disk = [new GuestDisk("xvda", path, "raw", null, readOnly, false)] }));

    [Fact]
    public void A_path_that_leads_to_a_device_has_no_folder_to_write_to() =>
        Assert.Empty(TokenTest.FoldersOf(Facts.Disks(Facts.Block(Facts.Path), Facts.Block(Facts.Path)), Facts.Guest));

    [PosixFact]
    public async Task A_real_shell_writes_a_token_once_and_never_over_it()
    {
        using TemporaryFolder folder = new();
        StorageToken token = new(System.IO.Path.Combine(folder.Path, "it's a token"), "one word");

        CommandResult first = await LocalShell.RunAsync(token.Write);
        CommandResult again = await LocalShell.RunAsync((token with { Text = "another" }).Write);
        CommandResult read = await LocalShell.RunAsync(token.Read);
        CommandResult removed = await LocalShell.RunAsync(token.Remove);

        Assert.Equal((0, "one word", 0), (first.ExitCode, read.Output, removed.ExitCode));
        Assert.NotEqual(0, again.ExitCode);
        Assert.Empty(System.IO.Directory.GetFiles(folder.Path));
    }

    private async Task<TokenRoundTrip> RunAsync(FakeShell source, FakeShell destination) => Assert.Single(
        await new TokenTest(NewWord).RunAsync(A.Host(source), A.Host(destination), ["/images"], CancellationToken.None)).Value;

    private string NewWord() => "word" + ++_words;

    /// <summary>A host with a folder that may be another host's as well.</summary>
    private static FakeShell Host(string name, Dictionary<string, string> folder, bool remove = true) => new FakeShell(name)
        .Does("sh -c*", (command, _, _) =>
        {
            lock (folder)
            {
                return Task.FromResult(folder.TryAdd(command.Words[4], command.Words[5])
                    ? new CommandResult(0, "", "")
                    : new CommandResult(2, "", "sh: cannot create: File exists"));
            }
        })
        .Does("cat*", (command, _, _) =>
        {
            lock (folder)
            {
                return Task.FromResult(folder.TryGetValue(command.Words[^1], out string? text)
                    ? new CommandResult(0, text, "")
                    : new CommandResult(1, "", "cat: No such file or directory"));
            }
        })
        .Does("rm*", (command, _, _) =>
        {
            lock (folder)
            {
                _ = remove && folder.Remove(command.Words[^1]);
                return Task.FromResult(remove ? new CommandResult(0, "", "") : new CommandResult(1, "", "rm: Operation not permitted"));
            }
        });
}
