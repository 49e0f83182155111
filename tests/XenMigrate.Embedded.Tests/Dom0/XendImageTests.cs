namespace XenMigrate.Embedded.Tests.Dom0;

public class XendImageTests
{
    private const string Image = "/var/lib/libvirt/images/guest.save";

    [Fact]
    public void A_guest_that_is_read_back_is_what_was_written()
    {
        using TestPair pair = new();
        Domain domain = pair.Add("busy", extra: "dirty=8 working-set=4");
        domain.Guest.Pause();
        using MemoryStream stream = new();

        XendImageWriter.Write(stream, domain.Configuration, domain.Guest);
        stream.Position = 0;
        using XendImageReader reader = new(stream);
        using EmbeddedGuest copy = Empty(reader.Configuration);
        reader.ReadInto(copy);

        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal(domain.Configuration.Uuid, reader.Configuration.Uuid);
        Assert.Equal(domain.Configuration.Workload, reader.Configuration.Workload);
        Assert.Equal(domain.Configuration.Disks, reader.Configuration.Disks);
        Assert.Equal(domain.Configuration.Interfaces, reader.Configuration.Interfaces);
        Assert.Equal(domain.Guest.Cpu.Registers, copy.Cpu.Registers);
        Assert.True(domain.Guest.Memory.ContentEquals(copy.Memory));
    }

    [Fact]
    public void The_image_begins_as_xends_do()
    {
        using TestPair pair = new("idle");
        pair.Virt08.Domains.Save("idle", Image, keepRunning: false);

        byte[] head = pair.Virt08.Files.ReadBytes(Image, 0, 4096);
        int length = (head[16] << 24) | (head[17] << 16) | (head[18] << 8) | head[19];
        string text = System.Text.Encoding.UTF8.GetString(head, 20, length);

        Assert.Equal("LinuxGuestRecord", System.Text.Encoding.ASCII.GetString(head, 0, 16));
        Assert.StartsWith("(domain (", text);
        Assert.Equal("idle", DomainSxp.Parse(text).Name);
        // The number of pages, and the mark of the extended block.
        Assert.Equal(2048, BitConverter.ToInt64(head, 20 + length));
        Assert.Equal(-1, BitConverter.ToInt64(head, 28 + length));
    }

    [Fact]
    public async Task Saving_and_restoring_goes_on_where_it_stopped()
    {
        using TestPair pair = new("idle");
        TestPair.Until(() => pair.Virt08.Hypervisor.Domains[0].Guest.Beats > 5);
        pair.Virt08.Domains.Pause("idle");
        long beats = pair.Virt08.Hypervisor.Domains[0].Guest.Beats;

        Assert.Equal(0, (await pair.On08($"xm save idle {Image}")).ExitCode);
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
        Assert.Equal(0, (await pair.On07($"xm restore -p {Image}")).ExitCode);

        Domain restored = Assert.Single(pair.Virt07.Hypervisor.Domains);
        Assert.Equal(("--p---", beats), (restored.State, restored.Guest.Beats));
        Assert.Equal(0, (await pair.On07("xm unpause idle")).ExitCode);
        TestPair.Until(() => restored.Guest.Beats > beats);
    }

    [Fact]
    public async Task A_checkpoint_leaves_the_guest_running()
    {
        using TestPair pair = new("idle");

        Assert.Equal(0, (await pair.On08($"xm save -c idle {Image}")).ExitCode);

        Assert.Equal("-b----", Assert.Single(pair.Virt08.Hypervisor.Domains).State);
        Assert.Contains("already exists as domain 1", (await pair.On08($"xm restore {Image}")).Error);
    }

    [Fact]
    public async Task A_save_that_cant_be_written_leaves_the_guest_running()
    {
        using TestPair pair = new("idle");

        CommandResult result = await pair.On08("xm save idle /no/such/folder/x");

        Assert.Equal((1, "Error: Unable to create /no/such/folder/x: No such file or directory\n"), (result.ExitCode, result.Error));
        Assert.Equal("-b----", Assert.Single(pair.Virt08.Hypervisor.Domains).State);
    }

    [Fact]
    public async Task What_is_no_image_is_refused()
    {
        using TestPair pair = new();

        Assert.Equal("Error: not a valid guest state file: found '(xend-unix-serve'\n", await Said("(xend-unix-server yes)"));
        Assert.StartsWith("Error: not a valid guest state file", await Said(""));
        Assert.Equal("Error: Unable to open /nothing: No such file or directory\n", (await pair.On08("xm restore /nothing")).Error);

        async Task<string> Said(string text)
        {
            _ = pair.Virt08.Files.Write(Image, text);
            return (await pair.On08("xm restore " + Image)).Error;
        }
    }

    [Fact]
    public void An_image_that_was_cut_short_or_changed_anywhere_is_refused_and_leaves_nothing()
    {
        using TestPair pair = new();
        Domain domain = pair.Add("idle", megabytes: 1);
        pair.Virt08.Domains.Save("idle", Image, keepRunning: false);
        byte[] whole = pair.Virt08.Files.ReadBytes(Image);
        Random random = new(20261123);

        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. whole];
            int at = i < 50 ? random.Next(4000) : random.Next(whole.Length);
            if (i % 2 == 0)
            {
                damaged = damaged[..at];
            }
            else
            {
                damaged[at] ^= (byte)(1 << random.Next(8));
            }

            _ = pair.Virt08.Files.Write(Image, new BytesContent(damaged));
            try
            {
                // Some bits say nothing of the guest's memory: its name, a reserved word. What is read then is whole.
                pair.Virt08.Hypervisor.Remove(pair.Virt08.Domains.Restore(Image, paused: true));
                Assert.True(i % 2 == 1, $"cut at {at}");
                Assert.True(at < 12_000 || at > whole.Length - 10_000, $"changed at {at}");
            }
            catch (XendException)
            {
                Assert.Empty(pair.Virt08.Hypervisor.Domains);
            }
        }

        Assert.Equal("idle", domain.Configuration.Name);
    }

    private static EmbeddedGuest Empty(DomainConfiguration configuration) => new(
        new DomainIdentity(configuration.Name, configuration.Uuid, ""),
        new GuestMemory(configuration.Pages),
        new VirtualRegisters(GuestWorkload.Idle, 0, 0),
        () => DateTimeOffset.UtcNow);
}
