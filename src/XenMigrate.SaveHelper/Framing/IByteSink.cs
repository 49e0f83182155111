namespace XenMigrate.SaveHelper.Framing;

/// <summary>Where bytes go.</summary>
internal interface IByteSink
{
    /// <summary>Takes all of them. 0, or the error.</summary>
    int Write(ReadOnlySpan<byte> bytes);
}

/// <summary>Where bytes come from.</summary>
internal interface IByteSource
{
    /// <summary>Fills it; false if the end or an error came first.</summary>
    bool Fill(Span<byte> into);
}

/// <summary>Makes bytes fewer, and again as many.</summary>
internal interface IPacker
{
    /// <summary>Packs them; 0 if that gains nothing.</summary>
    int Pack(ReadOnlySpan<byte> bytes, Span<byte> into);

    /// <summary>Unpacks them; how many they are, or -1 if they were never packed or don't fit.</summary>
    int Unpack(ReadOnlySpan<byte> packed, Span<byte> into);
}
