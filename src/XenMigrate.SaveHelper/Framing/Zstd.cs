namespace XenMigrate.SaveHelper.Framing;

/// <summary>
/// Zstandard at level 1, by the library that libxenguest itself is linked with on most hosts. One frame of it a chunk: so a
/// chunk can be checked by itself. One thread's own.
/// </summary>
internal sealed unsafe class Zstd : IPacker, IDisposable
{
    private const string LibraryName = "libzstd.so.1";
    private const int FastestLevel = 1;

    private readonly delegate* unmanaged<void*, byte*, nuint, byte*, nuint, int, nuint> _compress;
    private readonly delegate* unmanaged<void*, byte*, nuint, byte*, nuint, nuint> _decompress;
    private readonly delegate* unmanaged<nuint, uint> _isError;
    private readonly nint _library;
    private void* _packing;
    private void* _unpacking;

    private Zstd(nint library)
    {
        _library = library;
        _compress = (delegate* unmanaged<void*, byte*, nuint, byte*, nuint, int, nuint>)NativeLibrary.GetExport(library, "ZSTD_compressCCtx");
        _decompress = (delegate* unmanaged<void*, byte*, nuint, byte*, nuint, nuint>)NativeLibrary.GetExport(library, "ZSTD_decompressDCtx");
        _isError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
    }

    /// <summary>Null where the host has no such library.</summary>
    public static Zstd? TryLoad() => NativeLibrary.TryLoad(LibraryName, out nint library) ? new Zstd(library) : null;

    public int Pack(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        if (_packing is null)
        {
            _packing = ((delegate* unmanaged<void*>)NativeLibrary.GetExport(_library, "ZSTD_createCCtx"))();
        }

        fixed (byte* from = bytes, to = into)
        {
            nuint length = _compress(_packing, to, (nuint)into.Length, from, (nuint)bytes.Length, FastestLevel);

            // What does not fit gains nothing.
            return _isError(length) == 0 ? (int)length : 0;
        }
    }

    public int Unpack(ReadOnlySpan<byte> packed, Span<byte> into)
    {
        if (_unpacking is null)
        {
            _unpacking = ((delegate* unmanaged<void*>)NativeLibrary.GetExport(_library, "ZSTD_createDCtx"))();
        }

        fixed (byte* from = packed, to = into)
        {
            nuint length = _decompress(_unpacking, to, (nuint)into.Length, from, (nuint)packed.Length);
            return _isError(length) == 0 ? (int)length : -1;
        }
    }

    public void Dispose()
    {
        _ = ((delegate* unmanaged<void*, nuint>)NativeLibrary.GetExport(_library, "ZSTD_freeCCtx"))(_packing);
        _ = ((delegate* unmanaged<void*, nuint>)NativeLibrary.GetExport(_library, "ZSTD_freeDCtx"))(_unpacking);
        _packing = null;
        _unpacking = null;
    }
}
