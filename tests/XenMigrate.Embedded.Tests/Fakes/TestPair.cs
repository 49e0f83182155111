using System.Text.RegularExpressions;

namespace XenMigrate.Embedded.Tests.Fakes;

/// <summary>A pair whose guests are as small as the test wants them.</summary>
internal sealed class TestPair : IDisposable
{
    public TestPair(params string[] guests)
        : this(null, guests)
    {
    }

    public TestPair(TransferTimes? times, params string[] guests)
    {
        Pair = EmbeddedPair.Start(times: times, withGuests: false);
        foreach (string guest in guests)
        {
            Add(guest);
        }
    }

    public EmbeddedPair Pair { get; }

    public EmbeddedHost Virt07 => Pair.Host("et-virt07");

    public EmbeddedHost Virt08 => Pair.Host("et-virt08");

    /// <summary>Makes and starts a guest on et-virt08.</summary>
    public Domain Add(string name, int megabytes = 8, string extra = "", string bridge = "xenbr1")
    {
        string configuration =
            $"""
            name = '{name}'
            memory = {megabytes}
            disk = [ 'tap:aio:/var/lib/libvirt/images/testvm1.dsk,xvda,w' ]
            vif = [ 'mac=00:16:3e:00:00:01,bridge={bridge}' ]
            extra = "{extra}"

            """;
        _ = Virt08.Files.Write("/etc/xen/" + name, configuration);
        return Virt08.Domains.Create(name, paused: false);
    }

    public Task<CommandResult> On07(string line) => RunAsync("et-virt07", line);

    public Task<CommandResult> On08(string line) => RunAsync("et-virt08", line);

    /// <summary>Runs a line: words parted by spaces, and quotes around those that hold some.</summary>
    public async Task<CommandResult> RunAsync(string host, string line, CancellationToken cancellationToken = default)
    {
        string[] words = [.. Regex.Matches(line, "'(?<w>[^']*)'|(?<w>\\S+)").Select(match => match.Groups["w"].Value)];
        using IHostShell shell = Pair.Shell(host);
        return await shell.RunAsync(new RemoteCommand(words), cancellationToken);
    }

    public IHostShell Shell(string host) => Pair.Shell(host);

    public void Dispose() => Pair.Dispose();

    /// <summary>Waits for something that happens on another thread.</summary>
    public static void Until(Func<bool> happens) =>
        Assert.True(SpinWait.SpinUntil(happens, TimeSpan.FromSeconds(20)), "it never happened");
}
