namespace XenMigrate.Ssh;

/// <summary>The server's side of SOCKS5 (RFC 1928) with a password (RFC 1929), up to the answer to the request.</summary>
internal static class SocksGreeting
{
    private const byte Version = 5;
    private const byte PasswordVersion = 1;
    private const byte Password = 2;
    private const byte NoMethod = 0xFF;
    private const byte NameOfHost = 3;
    private const byte IPv4 = 1;

    /// <summary>Whether the caller gives the secret; then its request has been read, too.</summary>
    public static async Task<bool> KnowsAsync(Stream stream, string secret)
    {
        byte[] greeting = await ReadAsync(stream, 2).ConfigureAwait(false);
        bool speaksIt = greeting[0] == Version
            && (await ReadAsync(stream, greeting[1]).ConfigureAwait(false)).Contains(Password);
        await WriteAsync(stream, Version, speaksIt ? Password : NoMethod).ConfigureAwait(false);
        if (!speaksIt)
        {
            return false;
        }

        byte[] name = await ReadAsync(stream, 2).ConfigureAwait(false);
        _ = await ReadAsync(stream, name[1]).ConfigureAwait(false);
        byte[] length = await ReadAsync(stream, 1).ConfigureAwait(false);
        bool knows = IsSame(await ReadAsync(stream, length[0]).ConfigureAwait(false), Encoding.ASCII.GetBytes(secret));
        await WriteAsync(stream, PasswordVersion, (byte)(knows ? 0 : 1)).ConfigureAwait(false);
        if (!knows)
        {
            return false;
        }

        // Where to is known: only its length matters.
        byte[] request = await ReadAsync(stream, 4).ConfigureAwait(false);
        int address = request[3] switch
        {
            IPv4 => 4,
            NameOfHost => (await ReadAsync(stream, 1).ConfigureAwait(false))[0],
            _ => 16,
        };
        _ = await ReadAsync(stream, address + 2).ConfigureAwait(false);
        return true;
    }

    /// <summary>Answers that the connection stands.</summary>
    public static void Answer(Socket caller) => caller.Send([Version, 0, 0, IPv4, 0, 0, 0, 0, 0, 0]);

    // In a time that tells nothing of where they differ.
    private static bool IsSame(byte[] given, byte[] secret)
    {
        int difference = given.Length ^ secret.Length;
        for (int i = 0; i < given.Length && i < secret.Length; i++)
        {
            difference |= given[i] ^ secret[i];
        }

        return difference == 0;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        for (int read = 0; read < count;)
        {
#if NET
            int more = await stream.ReadAsync(bytes.AsMemory(read)).ConfigureAwait(false);
#else
            int more = await stream.ReadAsync(bytes, read, count - read).ConfigureAwait(false);
#endif
            read += more > 0 ? more : throw new EndOfStreamException();
        }

        return bytes;
    }

    private static Task WriteAsync(Stream stream, params byte[] bytes) => stream.WriteAsync(bytes, 0, bytes.Length);
}
