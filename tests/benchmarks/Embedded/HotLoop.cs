using System.Runtime.CompilerServices;

namespace XenMigrate.Benchmarks;

/// <summary>
/// A writer's inner loop, with dirty tracking and without: each write goes to a place of its own in a hot page, and its
/// value depends on the one before, as a program's does.
/// </summary>
internal static class HotLoop
{
    private const int Writes = 20_000_000;
    private const int HotPage = 7;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe double Plain(GuestMemory memory)
    {
        ulong* page = (ulong*)(memory.Address + ((long)HotPage * GuestMemory.PageSize));
        ulong value = 1;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Writes; i++)
        {
            value = (value * 6364136223846793005) + 1442695040888963407;
            page[value >> 55] = value;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe double Tracked(GuestMemory memory)
    {
        ulong* page = (ulong*)(memory.Address + ((long)HotPage * GuestMemory.PageSize));
        DirtyBitmap dirty = memory.Dirty;
        ulong value = 1;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Writes; i++)
        {
            value = (value * 6364136223846793005) + 1442695040888963407;
            page[value >> 55] = value;
            dirty.Mark(HotPage);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
