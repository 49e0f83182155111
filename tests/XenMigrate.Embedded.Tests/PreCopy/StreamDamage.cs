namespace XenMigrate.Tests.PreCopy;

/// <summary>What a broken or hostile source makes of a stream.</summary>
internal static class StreamDamage
{
    public static byte[] Of(RecordedStream stream, Random random, out string how)
    {
        byte[] bytes = [.. stream.Bytes];
        int frame = random.Next(stream.Frames.Count);
        Span<byte> rest = bytes.AsSpan(stream.Frames[frame]);
        switch (random.Next(7))
        {
            case 0:
                how = "bits flipped";
                for (int i = random.Next(1, 5); i > 0; i--)
                {
                    int bit = random.Next(bytes.Length * 8);
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                return bytes;
            case 1:
                how = "truncated";
                return bytes[..random.Next(bytes.Length)];
            case 2:
                how = "an absurd header";
                Put(rest, random.Next(3) * 4, random);
                RecordedStream.Seal(rest);
                return bytes;
            case 3:
                how = $"an absurd number in frame {frame}";
                Absurd(rest, random);
                RecordedStream.Seal(rest);
                return bytes;
            case 4:
                how = $"frame {frame} replayed";
                int to = stream.Frames[random.Next(frame, stream.Frames.Count)];
                return [.. bytes[..to], .. bytes[stream.Frames[frame]..stream.End(frame)], .. bytes[to..]];
            case 5:
                how = $"frame {frame} left out, and the others renumbered";
                return Renumber(stream, [.. Enumerable.Range(0, stream.Frames.Count).Where(other => other != frame)]);
            default:
                how = $"frame {frame} repeated, and the others renumbered";
                int last = stream.Frames.Count - 1;
                int twice = Math.Min(frame, last - 1);
                return Renumber(stream, [.. Enumerable.Range(0, twice + 1), .. Enumerable.Range(twice, last + 1 - twice)]);
        }
    }

    /// <summary>A number that its place can't have; the text of the first frame and flags may be anything.</summary>
    private static void Absurd(Span<byte> frame, Random random)
    {
        Span<byte> body = frame[WireFormat.HeaderSize..];
        int length = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);
        switch ((WireFrameKind)BinaryPrimitives.ReadInt32LittleEndian(frame))
        {
            case WireFrameKind.Begin:
                Put(body, random.Next(2) == 0 ? 32 : 70, random);
                break;
            case WireFrameKind.Pages:
                int at = random.Next(length / 4) * 4;
                Put(body, at == 12 ? 16 : at, random);
                break;
            case WireFrameKind.RoundEnd or WireFrameKind.State:
                Put(body, random.Next(length / 4) * 4, random);
                break;
            default:
                frame[16 + random.Next(8)] ^= 1;
                BinaryPrimitives.WriteInt32LittleEndian(frame[4..], random.Next(1, 1 << 30));
                break;
        }
    }

    private static void Put(Span<byte> place, int offset, Random random)
    {
        int before = BinaryPrimitives.ReadInt32LittleEndian(place[offset..]);
        int value = random.Next(4) switch
        {
            0 => int.MaxValue - random.Next(1000),
            1 => -1 - random.Next(1000),
            2 => before + random.Next(1, 100),
            _ => before ^ (1 << random.Next(31)),
        };
        BinaryPrimitives.WriteInt32LittleEndian(place[offset..], value);
    }

    private static byte[] Renumber(RecordedStream stream, int[] frames)
    {
        List<byte> bytes = [.. stream.Bytes[..stream.Frames[0]]];
        for (int i = 0; i < frames.Length; i++)
        {
            byte[] frame = stream.Bytes[stream.Frames[frames[i]]..stream.End(frames[i])];
            BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(8), i);
            RecordedStream.Seal(frame);
            bytes.AddRange(frame);
        }

        return [.. bytes];
    }
}
