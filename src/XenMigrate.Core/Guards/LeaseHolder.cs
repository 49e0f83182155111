namespace XenMigrate.Guards;

/// <summary>Who works on a guest.</summary>
/// <param name="Token">Tells this work from all other, of the same client too.</param>
/// <param name="Text">Who it is and what is done, in one line, for somebody else who wants the guest.</param>
internal sealed record LeaseHolder(Guid Token, string Text)
{
    private static readonly int s_process = ProcessId();

    /// <param name="work">What is done: "moves web from a to b".</param>
    /// <param name="now">Since when.</param>
    public static LeaseHolder For(string work, DateTimeOffset now) => new(
        Guid.NewGuid(),
        OneLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0}@{1}, process {2}, since {3:u}, {4}",
            Environment.UserName,
            Environment.MachineName,
            s_process,
            now,
            work)));

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) || c == '\\' ? '?' : c)]);

    private static int ProcessId()
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
        return process.Id;
    }
}
