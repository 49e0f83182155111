namespace XenMigrate.Tests.Guests;

public class GuestMemoryTests
{
    [Fact]
    public void New_memory_holds_zeros()
    {
        using GuestMemory memory = new(64);

        Assert.All(Enumerable.Range(0, 64), pfn => Assert.False(memory.Page(pfn).ContainsAnyExcept((byte)0)));
    }

    [Fact]
    public void One_byte_makes_two_memories_differ()
    {
        using GuestMemory one = new(64);
        using GuestMemory other = new(64);
        Assert.True(one.ContentEquals(other));

        other.Page(63)[4095] = 1;

        Assert.False(one.ContentEquals(other));
        Assert.NotEqual(one.Hash(), other.Hash());
    }

    [Fact]
    public void Memory_stays_as_long_as_somebody_uses_it()
    {
        GuestMemory memory = new(8);
        GuestMemory.Lease lease = memory.Use();
        memory.Dispose();
        memory.Page(7)[0] = 1;

        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => memory.Page(7).Length);
        Assert.Throws<ObjectDisposedException>(memory.Use);
    }

    [Fact]
    public void A_page_that_is_not_there_is_refused()
    {
        using GuestMemory memory = new(8);

        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Page(8).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Page(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.PagesFrom(7, 2).Length);
    }

    [Fact]
    public void What_is_marked_is_harvested_once() => Gen.Int[0, 199].List[0, 50].Sample(pages =>
    {
        DirtyBitmap bitmap = new(200);
        pages.ForEach(bitmap.Mark);
        long[] set = new long[bitmap.Words];
        int[] list = new int[200];

        bitmap.Harvest(set);

        Assert.Equal(pages.Distinct().Order(), list.Take(DirtyBitmap.List(set, list)));
        Assert.Equal(0, bitmap.Count());
    });

    [Fact]
    public void All_pages_are_no_more_than_there_are()
    {
        DirtyBitmap bitmap = new(70);
        long[] set = new long[bitmap.Words];

        bitmap.FillAll(set);

        Assert.Equal(70, DirtyBitmap.Count(set));
    }

    [Fact]
    public void No_write_is_lost_between_a_writer_and_a_harvest()
    {
        using GuestMemory memory = new(64);
        using GuestMemory copy = new(64);
        bool stop = false;
        Thread writer = new(() =>
        {
            for (int i = 0; !Volatile.Read(ref stop); i++)
            {
                memory.Page(i % 64)[i % 4096]++;
                memory.Dirty.Mark(i % 64);
            }
        });
        writer.Start();
        long[] set = new long[1];
        int[] pages = new int[64];

        for (int round = 0; round <= 20_000; round++)
        {
            if (round == 20_000)
            {
                stop = true;
                writer.Join();
            }

            memory.Dirty.Harvest(set);
            foreach (int pfn in pages[..DirtyBitmap.List(set, pages)])
            {
                memory.Page(pfn).CopyTo(copy.Page(pfn));
            }

            set[0] = 0;
        }

        Assert.True(memory.ContentEquals(copy));
    }
}
