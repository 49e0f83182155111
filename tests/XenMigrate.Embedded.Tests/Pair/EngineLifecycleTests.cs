using static XenMigrate.Embedded.Tests.Pair.EnginePair;

namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>The engine starts, stops, saves and restores guests of the embedded pair as on real hosts.</summary>
public class EngineLifecycleTests
{
    [Fact]
    public async Task A_guest_is_saved_on_one_host_and_restored_on_the_other()
    {
        using TestPair pair = new("guest");
        const string Path = "/var/lib/libvirt/images/guest.save";
        HostSession here = await ConnectAsync(pair, "et-virt08");
        HostSession there = await ConnectAsync(pair, "et-virt07");
        Guest guest = await FindAsync(here);

        SavedGuest saved = await new GuestSaver(here, Timing.Real).SaveAsync(guest, Path, new SaveOptions(), null, default);
        string mode = (await pair.On08("stat -c %a " + Path)).Output;
        RestorePlan plan = await new GuestRestorer(there, Timing.Real).PlanAsync(Path, [here], default);
        Guest restored = await new GuestRestorer(there, Timing.Real).RestoreAsync(plan, new RestoreOptions { RemoveFile = true }, null, default);

        Assert.Equal("600", mode.Trim());
        Assert.Equal(("guest", guest.Uuid), (saved.Name, saved.Uuid));
        Assert.Null(plan.Stale);
        Assert.Equal(guest.Uuid, restored.Uuid);
        Assert.Equal(1, (await pair.On07("test -e " + Path)).ExitCode);
    }

    [Fact]
    public async Task An_image_that_was_cut_short_is_found_out()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        byte[] whole = Save(pair);
        _ = pair.Virt08.Files.Write("/tmp/short.save", new BytesContent(whole[..3_000_000]));

        _ = await Assert.ThrowsAsync<SavedGuestCorruptException>(() => new GuestRestorer(here, Timing.Real).PlanAsync("/tmp/short.save", [], default));

        static byte[] Save(TestPair pair)
        {
            pair.Virt08.Domains.Save("guest", "/tmp/guest.save", keepRunning: false);
            return pair.Virt08.Files.ReadBytes("/tmp/guest.save");
        }
    }

    [Fact]
    public async Task Guests_are_started_and_stopped()
    {
        using TestPair pair = new();
        _ = pair.Virt08.Files.Write("/etc/xen/guest", "name = 'guest'\nmemory = 8\n");
        HostSession host = await ConnectAsync(pair, "et-virt08");
        GuestLifecycle lifecycle = new(host, Timing.Real);

        Guest guest = await lifecycle.StartAsync("/etc/xen/guest", paused: true, default);
        Assert.Equal(GuestState.Paused, guest.Activity);
        guest = await lifecycle.UnpauseAsync(guest, default);
        Assert.True(guest.Activity.IsAlive());
        guest = await lifecycle.PauseAsync(guest, default);
        await lifecycle.DestroyAsync(guest, default);

        Assert.Empty(pair.Virt08.Hypervisor.Domains);
    }
}
