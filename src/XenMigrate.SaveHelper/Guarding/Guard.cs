namespace XenMigrate.SaveHelper.Guarding;

/// <summary>Waits for a helper's end, and clears up after one that was killed.</summary>
internal static unsafe class Guard
{
    public const string Word = "--guard";

    private const int StandardInput = 0;
    private const nint CloseRange = 436;

    private static readonly TimeSpan s_afterlife = TimeSpan.FromSeconds(1);

    public static int Run(uint domain)
    {
        // What libxl gave the helper must not stay open here: its ends would never be noticed.
        _ = Libc.SystemCall(CloseRange, 3, int.MaxValue, 0);
        List<string> told = ReadAll();
        if (told.Contains(GuardLeash.Done) || XenLibraries.TryLoad(Surroundings.Xen, out _) is not { } libraries)
        {
            return 0;
        }

        // The kernel takes a moment to free what a killed process held. Who has it after that switched log-dirty mode on for itself.
        using LogDirtyLock? held = LogDirtyLock.Take(domain, s_afterlife, out bool isHeld);
        void* xen = libraries.Open(null);
        if (xen is null)
        {
            return 1;
        }

        if (LastShare(told) is { } share)
        {
            _ = libraries.SetShare(xen, domain, share);
        }

        bool off = isHeld || libraries.SwitchLogDirtyOff(xen, domain);
        libraries.Close(xen);
        return off ? 0 : 1;
    }

    private static List<string> ReadAll()
    {
        StringBuilder text = new();
        Span<byte> room = stackalloc byte[256];
        while (Descriptors.Read(StandardInput, room) is > 0 and var read)
        {
            _ = text.Append(Encoding.ASCII.GetString(room[..read]));
        }

        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Credit2Share? LastShare(List<string> told)
    {
        string[] words = (told.FindLast(line => line.StartsWith(GuardLeash.Share, StringComparison.Ordinal) || line == GuardLeash.NoShare) ?? "").Split(' ');
        return words.Length == 3 && Number(words[1]) is { } weight && Number(words[2]) is { } cap
            ? new Credit2Share { Weight = weight, Cap = cap } : null;
    }

    private static ushort? Number(string word) =>
        ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : null;
}
