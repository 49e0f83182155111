using System.Diagnostics;

namespace XenMigrate.Tests.Guests;

public class EmbeddedGuestTests
{
    private static readonly DomainIdentity s_identity = new("testvm1", Guid.NewGuid(), "(domain (name testvm1))");

    [Fact]
    public void A_guest_that_was_not_started_stands_still()
    {
        using EmbeddedGuest guest = Boot(GuestWorkload.Idle);

        Assert.False(guest.Running);
        Assert.Equal(0, guest.Beats);
    }

    [Fact]
    public void A_running_guest_beats_and_says_so_on_its_console()
    {
        using EmbeddedGuest guest = Boot(GuestWorkload.Idle, () => new DateTimeOffset(2026, 11, 23, 4, 10, 1, 123, TimeSpan.Zero));
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > 5, 10_000));
        guest.Pause();

        Assert.Matches("^testvm1 2026-11-23 04:10:01.123 up 0.[0-9]{2} beat 1\n", guest.ConsoleText);
    }

    [Fact]
    public void A_paused_guest_writes_nothing()
    {
        using EmbeddedGuest guest = Boot(new GuestWorkload(1000, 256 << 20));
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > 5, 10_000));

        guest.Pause();
        ulong hash = guest.Memory.Hash();
        long beats = guest.Beats;
        Thread.Yield();

        Assert.Equal(hash, guest.Memory.Hash());
        Assert.Equal(beats, guest.Beats);
    }

    [Fact]
    public void A_guest_goes_on_from_memory_and_registers_alone()
    {
        using EmbeddedGuest guest = Boot(new GuestWorkload(100, 64 << 20));
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > 20, 10_000));
        guest.Pause();
        GuestMemory copy = new(guest.Memory.Pages);
        for (int pfn = 0; pfn < copy.Pages; pfn++)
        {
            guest.Memory.Page(pfn).CopyTo(copy.Page(pfn));
        }

        using EmbeddedGuest other = new(
            s_identity, copy, VirtualRegisters.Parse(guest.Cpu.Registers.ToBytes())!, () => DateTimeOffset.UtcNow);
        other.ResetGap();
        other.Resume();
        Assert.True(SpinWait.SpinUntil(() => other.Beats > guest.Beats + 20, 10_000));
        other.Pause();

        Assert.True(other.Cpu.Registers.Written > guest.Cpu.Registers.Written);
        Assert.StartsWith(guest.ConsoleText, other.ConsoleText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_sees_by_its_own_clock_how_long_it_stood_still()
    {
        using EmbeddedGuest guest = Boot(GuestWorkload.Idle);
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > 5, 10_000));
        guest.Pause();
        guest.ResetGap();
        long start = Stopwatch.GetTimestamp();
        _ = SpinWait.SpinUntil(() => false, 200);
        TimeSpan stood = Stopwatch.GetElapsedTime(start);
        long beats = guest.Beats;
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > beats, 10_000));
        guest.Pause();

        Assert.True(guest.LongestGap >= stood, $"{guest.LongestGap} {stood}");
        Assert.Matches(@"testvm1 GAP wall -?\d+\.\d{3} s mono \d+\.\d{3} s at \d+\.\d{3}\n", guest.ConsoleText);
    }

    [Fact]
    public void A_guest_writes_at_its_rate()
    {
        using EmbeddedGuest guest = Boot(new GuestWorkload(500, 16 << 20));
        double share = 0;

        // On a busy machine it gets less time than it wants now and then, but nowhere more.
        for (int turn = 0; turn < 10 && share < 0.1; turn++)
        {
            long before = guest.Cpu.Registers.Written;
            long start = Stopwatch.GetTimestamp();
            guest.Resume();
            _ = SpinWait.SpinUntil(() => false, 300);
            guest.Pause();
            share = (guest.Cpu.Registers.Written - before) * GuestMemory.PageSize
                / (Stopwatch.GetElapsedTime(start).TotalSeconds * (16 << 20));

            Assert.InRange(share, 0, 1.05);
        }

        Assert.InRange(share, 0.1, 1.05);
    }

    [Fact]
    public void A_full_console_keeps_its_last_whole_lines()
    {
        using GuestMemory memory = new(64);
        GuestConsole console = new(memory);
        for (int i = 0; i < 10_000; i++)
        {
            console.WriteLine("line " + i.ToString(CultureInfo.InvariantCulture));
        }

        string[] lines = console.Read().TrimEnd('\n').Split('\n');

        Assert.Equal("line 9999", lines[^1]);
        Assert.All(lines, line => Assert.StartsWith("line ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x80)]
    [InlineData(0x7F)]
    [InlineData(0x01)]
    public void A_guest_that_comes_with_nonsense_in_its_memory_does_no_harm(byte nonsense)
    {
        using EmbeddedGuest guest = Boot(new GuestWorkload(1000, 16 << 20));
        for (int pfn = 0; pfn < guest.Memory.Pages; pfn++)
        {
            guest.Memory.Page(pfn).Fill(nonsense);
        }

        long before = guest.Beats;
        guest.Resume();
        Assert.True(SpinWait.SpinUntil(() => guest.Beats > before + 5, 10_000));
        guest.Pause();

        _ = guest.ConsoleText;
        _ = guest.LongestGap;
    }

    [Fact]
    public void Registers_that_can_not_be_are_refused()
    {
        Assert.Null(VirtualRegisters.Parse([]));
        Assert.Null(VirtualRegisters.Parse(new VirtualRegisters(new GuestWorkload(-1, 0), 0, 0).ToBytes()));
        Assert.Null(VirtualRegisters.Parse(new VirtualRegisters(new GuestWorkload(1, 1), -1, 0).ToBytes()));
    }

    private static EmbeddedGuest Boot(GuestWorkload workload, Func<DateTimeOffset>? clock = null) =>
        EmbeddedGuest.Boot(s_identity, 1024, workload, clock ?? (() => DateTimeOffset.UtcNow));
}
