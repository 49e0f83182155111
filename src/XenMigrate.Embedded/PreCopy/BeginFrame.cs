namespace XenMigrate.Embedded.PreCopy;

/// <summary>What a transfer begins with.</summary>
internal sealed record BeginFrame(IncomingGuest Guest, Guid Token, int Connections, bool LeavePaused)
{
    private const int NameOffset = 72;

    public static BeginFrame Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length < NameOffset + sizeof(int))
        {
            throw Bad("it is too short");
        }

        int pages = BinaryPrimitives.ReadInt32LittleEndian(body[32..]);
        if (pages is < GuestHeartbeat.FewestPages or > GuestMemory.MostPages)
        {
            throw Bad($"a guest of {pages} pages");
        }

        if (body[36] is not (1 or 2) || body[37] > 1)
        {
            throw Bad("connections or flags");
        }

        VirtualRegisters registers = VirtualRegisters.Parse(body.Slice(38, VirtualRegisters.Size)) ?? throw Bad("the registers");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(body[70..]);
        if (nameLength is 0 or > 255 || body.Length < NameOffset + nameLength + sizeof(int))
        {
            throw Bad("the name's length");
        }

        ReadOnlySpan<byte> description = body[(NameOffset + nameLength + sizeof(int))..];
        if (BinaryPrimitives.ReadInt32LittleEndian(body[(NameOffset + nameLength)..]) != description.Length)
        {
            throw Bad("the description's length");
        }

        DomainIdentity identity = new(
            Encoding.UTF8.GetString(body.Slice(NameOffset, nameLength)), new Guid(body[..16]), Encoding.UTF8.GetString(description));
        return new BeginFrame(new IncomingGuest(identity, pages, registers), new Guid(body.Slice(16, 16)), body[36], body[37] == 1);
    }

    private static TransferException Bad(string what) => new($"the guest's description can't be right: {what}");
}
