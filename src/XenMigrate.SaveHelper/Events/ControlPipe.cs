namespace XenMigrate.SaveHelper.Events;

/// <summary>A named pipe by which a save under way is told to end. Who can open it is root.</summary>
internal sealed unsafe class ControlPipe : IDisposable
{
    private const uint OnlyOwner = 0x180;

    private readonly string _path;

    public ControlPipe(uint domain)
    {
        _path = PathFor(domain);

        // Read and write: so it never ends, whoever comes and goes.
        Descriptor = DomainFolders.Prepare(domain) && DomainFolders.Remove(_path) && Libc.MakeFifo(NativeText.Of(_path), OnlyOwner) == 0
            ? Libc.Open(NativeText.Of(_path), OpenFlags.ReadWrite | OpenFlags.NonBlocking | OpenFlags.CloseOnExec, 0) : -1;
    }

    /// <summary>-1 if there is none; then nobody can tell.</summary>
    public int Descriptor { get; }

    /// <summary>The words told since.</summary>
    public string[] Read()
    {
        byte* room = stackalloc byte[256];
        nint read = Libc.Read(Descriptor, room, 256);
        return read > 0 ? Encoding.ASCII.GetString(room, (int)read).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>Tells the save of a domain; false if there is none.</summary>
    public static bool Tell(uint domain, string word)
    {
        int descriptor = Libc.Open(
            NativeText.Of(PathFor(domain)), OpenFlags.WriteOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec, 0);
        bool told = descriptor >= 0 && Descriptors.WriteAll(descriptor, Encoding.ASCII.GetBytes(word + "\n"));
        _ = descriptor >= 0 && Libc.Close(descriptor) == 0;
        return told;
    }

    /// <summary>Whether a save of the domain is under way. A pipe that nobody reads can't be opened.</summary>
    public static bool IsListening(uint domain) => Tell(domain, "");

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = DomainFolders.Remove(_path);
            _ = Libc.Close(Descriptor);
        }
    }

    private static string PathFor(uint domain) => Path.Combine(Surroundings.DomainFolder(domain), "control");
}
