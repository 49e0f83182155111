namespace XenMigrate.Checks;

/// <summary>
/// Writes a file beside the disks of guests on each host and reads it on the other: the one sure sign of shared
/// storage, and the only thing of the checks that writes. The files are removed whatever happens.
/// </summary>
/// <param name="newWord">Makes a word that nobody can foresee.</param>
internal sealed class TokenTest(Func<string> newWord)
{
    public static TokenTest Real { get; } = new(() => Guid.NewGuid().ToString("N"));

    /// <summary>Three remote executions on each host, however many folders there are.</summary>
    /// <returns>By folder.</returns>
    public async Task<IReadOnlyDictionary<string, TokenRoundTrip>> RunAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        StorageToken[] own = [.. folders.Select(NewToken)];
        StorageToken[] other = [.. folders.Select(NewToken)];
        IReadOnlyList<Answer<CommandResult>>[] written = [[], []];
        IReadOnlyList<Answer<CommandResult>>[] read = [[], []];
        Func<TokenPassage, int, TokenPassage>[] marked = [];
        try
        {
            written = await Task.WhenAll(
                AskAsync(source, own, token => token.Write, cancellationToken),
                AskAsync(destination, other, token => token.Write, cancellationToken)).ConfigureAwait(false);
            read = await Task.WhenAll(
                AskAsync(destination, own, token => token.Read, cancellationToken),
                AskAsync(source, other, token => token.Read, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // Also where the writing was cut short or seems to have failed: it may have been done all the same.
            marked = await Task.WhenAll(RemoveAsync(source, destination, own), RemoveAsync(destination, source, other))
                .ConfigureAwait(false);
        }

        return folders.Select((folder, i) => new TokenRoundTrip(folder,
        [
            marked[0](new TokenPassage(source.Name, destination.Name, own[i], written[0][i], read[0][i]), i),
            marked[1](new TokenPassage(destination.Name, source.Name, other[i], written[1][i], read[1][i]), i),
        ])).ToDictionary(roundTrip => roundTrip.Folder);
    }

    /// <summary>The folders of disks that are files which their guest may write.</summary>
    public static IEnumerable<string> FoldersOf(PairFacts pair, Guest guest) => guest.Disk
        .Where(disk => !disk.ReadOnly)
        .Select(disk => disk.FilePath)
        .OfType<string>()
        .Where(path => !IsDevice(pair.Source, path) && !IsDevice(pair.Destination, path))
        .Select(FolderOf)
        .Distinct();

    public static string FolderOf(string path) => path.Substring(0, Math.Max(1, path.LastIndexOf('/')));

    /// <summary>As stat says, whatever the path is called; by its name where stat does not tell.</summary>
    private static bool IsDevice(HostFacts host, string path) =>
        host.Disks.TryGetValue(path, out Answer<DiskFile>? answer) && answer.Value is { Exists: true } file
            ? file.IsBlockDevice
            : path.StartsWith("/dev/", StringComparison.Ordinal);

    private StorageToken NewToken(string folder) => new($"{folder.TrimEnd('/')}/.xenmigrate-{newWord()}", newWord());

    /// <summary>Removes tokens where they were written, else where they were read; returns what marks those still there.</summary>
    private static async Task<Func<TokenPassage, int, TokenPassage>> RemoveAsync(HostEnd writer, HostEnd reader, StorageToken[] tokens)
    {
        IReadOnlyList<Answer<CommandResult>> here = await RemoveAsync(writer).ConfigureAwait(false);
        IReadOnlyList<Answer<CommandResult>> there = here.All(IsDone) ? here : await RemoveAsync(reader).ConfigureAwait(false);
        return (passage, i) => passage with
        {
            // The reader removes it only where both see one folder; without a session nobody wrote.
            IsLeft = writer.Session is not null && !IsDone(here[i]) && !(passage.Arrived == true && IsDone(there[i])),
        };

        Task<IReadOnlyList<Answer<CommandResult>>> RemoveAsync(HostEnd end) =>
            AskAsync(end, tokens, token => token.Remove, CancellationToken.None);

        static bool IsDone(Answer<CommandResult> answer) => answer.Value is { Succeeded: true };
    }

    private static async Task<IReadOnlyList<Answer<CommandResult>>> AskAsync(
        HostEnd end, StorageToken[] tokens, Func<StorageToken, RemoteCommand> command, CancellationToken cancellationToken)
    {
        if (end.Session is not { } host)
        {
            return [.. tokens.Select(_ => Answer<CommandResult>.None(end.Name, end.Problem ?? "there is no session"))];
        }

        Survey survey = new(host.Shell);
        Func<Answer<CommandResult>>[] answers =
            [.. tokens.Select(token => survey.Add(new Question<CommandResult>(command(token), result => result)))];
        try
        {
            await survey.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return [.. tokens.Select(_ => Answer<CommandResult>.None(end.Name, e.Message))];
        }

        return [.. answers.Select(answer => answer())];
    }
}
