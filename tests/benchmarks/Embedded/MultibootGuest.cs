using System.Buffers.Binary;

namespace XenMigrate.Benchmarks;

/// <summary>The smallest guest: it fills 1008 MiB with bytes that are not zero, says R on port 0xE9, and halts.</summary>
internal static class MultibootGuest
{
    private const uint LoadAddress = 0x10_0000;
    private const uint Magic = 0x1BAD_B002;
    private const uint AddressesFollow = 0x1_0000;
    private const int HeaderSize = 32;

    private static readonly byte[] s_code =
    [
        0xBF, 0x00, 0x00, 0x20, 0x00, // mov edi, 2 MiB
        0xB9, 0x00, 0x00, 0xC0, 0x0F, // mov ecx, 1008 MiB / 4
        0xB8, 0x5A, 0x5A, 0x5A, 0x5A, // mov eax, 0x5a5a5a5a
        0xFC,                         // cld
        0xF3, 0xAB,                   // rep stosd
        0xB0, 0x52,                   // mov al, 'R'
        0xE6, 0xE9,                   // out 0xe9, al
        0xFA,                         // cli
        0xF4,                         // hlt
        0xEB, 0xFD,                   // jmp to the hlt
    ];

    public static byte[] Bytes
    {
        get
        {
            uint end = LoadAddress + HeaderSize + (uint)s_code.Length;
            uint[] header =
                [Magic, AddressesFollow, unchecked(0 - (Magic + AddressesFollow)), LoadAddress, LoadAddress, end, end, LoadAddress + HeaderSize];
            byte[] bytes = new byte[HeaderSize + s_code.Length];
            for (int i = 0; i < header.Length; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), header[i]);
            }

            s_code.CopyTo(bytes, HeaderSize);
            return bytes;
        }
    }
}
