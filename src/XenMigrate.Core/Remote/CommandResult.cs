namespace XenMigrate;

/// <summary>How a remote command ended and what it wrote.</summary>
/// <param name="ExitCode">The exit code; 128 + n when signal n ended it, -1 when nobody knows.</param>
/// <param name="Output">Standard output: whole, unless it is too long to be kept.</param>
/// <param name="Error">Standard error, likewise.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether the exit code is 0, which is evidence and no more.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>How many characters were too many to be kept; 0 if both texts are whole.</summary>
    internal long Discarded { get; init; }

    /// <summary>The result itself, if it is whole: what is missing may be what matters.</summary>
    /// <exception cref="OutputNotUnderstoodException">It is not.</exception>
    internal CommandResult Whole(RemoteCommand command) => Discarded == 0
        ? this
        : throw new OutputNotUnderstoodException(
            command,
            FormattableString.Invariant($"it is {Discarded} characters longer than what is kept of it"),
            Output.Length > 0 ? Output : Error);
}
