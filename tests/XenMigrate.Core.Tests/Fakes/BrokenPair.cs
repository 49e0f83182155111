using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

/// <summary>Two hosts between which a guest can move but for one thing, which one command's output tells.</summary>
/// <param name="Check">The check that finds it; null where nothing is wrong.</param>
/// <param name="Toolstack">Whose the guest is.</param>
/// <param name="Host">The host that tells.</param>
/// <param name="Command">The command, or how it begins; that which lists is also how another begins.</param>
/// <param name="Words">What tells of it in the output or on standard error; "" if it is the exit code.</param>
/// <param name="Break">Makes the sound answer the broken one.</param>
internal sealed record BrokenPair(
    string? Check, ToolstackKind Toolstack, string Host, string Command, string Words, Func<CommandResult, CommandResult> Break)
{
    /// <summary>What virsh says of a host with and without the guest.</summary>
    private static readonly string s_virsh = Described("Domain-0", Guid.Empty, 0) + Described("web", A.Uuid, 5);

    private static readonly RemoteCommand s_resolve = new("getent", "ahosts", "b");

    private static readonly string s_virshOfNone = Described("Domain-0", Guid.Empty, 0);

    /// <summary>Between which nothing is wrong.</summary>
    public static BrokenPair Sound(ToolstackKind toolstack) => new(null, toolstack, "a", "xl info", "", result => result);

    public static IReadOnlyList<BrokenPair> All { get; } =
    [
        Xl("XM-NAM-01", "b", "xl list", "web ", text => text + Listed("web", "-b----")),
        Xl("XM-NAM-02", "b", "xl list", "web--incoming", text => text + Listed("web--incoming", "--p---")),
        Xl("XM-NAM-02", "a", "xl list", "web--migratedaway", text => text + Listed("web--migratedaway", "---ss-")),
        Xl("XM-GST-01", "a", "xl list", "--p---", text => text.Replace("-b----", "--p---")),
        Xl("XM-NET-01", "b", "ip -o link", "xenbr9", text => text.Replace("xenbr1", "xenbr9")),
        Xl("XM-STO-02", "b", "stat -L", "12910", text => text.Replace("12909", "12910")),
        new("XM-STO-01", ToolstackKind.Xl, "b", "stat -L", "No such file", _ => new CommandResult(1, "", "stat: cannot statx '/images/web.img': No such file or directory\n")),
        Xl("XM-MEM-01", "b", "xl info", "free_memory            : 12", text => Field(text, "free_memory", "12")),
        Xl("XM-VER-02", "b", "xl info", "xen_minor              : 11", text => Field(Field(text, "xen_minor", "11"), "xen_version", "4.11.1")),
        Xl("XM-GST-02", "a", "xl info", "virt_caps              : pv", text => Field(text, "virt_caps", "pv")),
        Xl("XM-DEV-01", "a", "xl list -l", "pcidevs", text => text.Replace("\"disks\":", "\"pcidevs\":[{\"bus\":3}],\"disks\":")),
        Xl("XM-CON-02", "a", "ssh", "33333333-3333", text => text.Replace("22222222-2222", "33333333-3333")),
        Xl("XM-CON-02", "a", "ssh", "Welcome", text => "Welcome\n" + text),
        new("XM-CON-03", ToolstackKind.Xl, "a", "ssh", "Host key verification failed", _ => new CommandResult(255, "", "Host key verification failed.\n")),
        Xm("XM-NAM-01", "b", "xm list", "web ", text => text + Listed("web", "-b----")),
        Xm("XM-NAM-02", "b", "xm list", "migrating-web", text => text + Listed("migrating-web", "--p---")),
        Xm("XM-GST-01", "a", "xm list", "--p---", text => text.Replace("-b----", "--p---")),
        Xm("XM-NET-01", "b", "brctl", "xenbr9", text => text.Replace("xenbr1", "xenbr9")),
        Xm("XM-STO-02", "b", "stat -L", "12910", text => text.Replace("12909", "12910")),
        Xm("XM-MEM-01", "b", "xm info", "free_memory            : 12", text => Field(text, "free_memory", "12")),
        Xm("XM-DEV-01", "a", "xm list --long", "(pci", text => text.Replace("(image", "(device (pci (dev (bus 0x3)))) (image")),
        Xm("XM-REL-01", "b", "cat /etc/xen/xend-config.sxp", "(xend-relocation-server no)", _ => "(xend-relocation-server no)\n"),
        Xm("XM-REL-04", "b", "cat /etc/xen/xend-config.sxp", "'^localhost$'", text => text + "\n(xend-relocation-hosts-allow '^localhost$')\n"),
        Xm("XM-REL-02", "b", "cat /etc/xen/xend-config.sxp", "(xend-relocation-port 9002)", text => text + "\n(xend-relocation-port 9002)\n"),
        new("XM-REL-03", ToolstackKind.Xend, "a", "nc", "", _ => new CommandResult(1, "", "nc: connect to b port 8002 (tcp) failed: Connection refused\n")),
        Virsh("XM-NAM-01", "b", LibvirtDomains.Always, "<name>web</name>", text => text + "shut off\n" + Described("web", null, null)),
        Virsh("XM-DEV-01", "a", LibvirtDomains.Always, "hostdev", text => text.Replace("<devices />", "<devices><hostdev type='pci'/></devices>")),
        Virsh("XM-CON-04", "a", s_resolve, "127.0.1.1", text => text.Replace("10.77.0.8", "127.0.1.1")),
        new("XM-GST-01", ToolstackKind.Libvirt, "a", "xl list", "--p---", result => result with { Output = result.Output.Replace("-b----", "--p---") }),
        new("XM-MEM-01", ToolstackKind.Libvirt, "b", "xl info", "free_memory            : 12", result => result with { Output = Field(result.Output, "free_memory", "12") }),
    ];

    /// <summary>Judges the pair; what a command writes on a host may come otherwise.</summary>
    public async Task<IReadOnlyList<CheckResult>> TestAsync(Func<string, RemoteCommand, CommandResult, CommandResult> garble)
    {
        (GarblingShell source, GarblingShell destination, Timing timing) = Shells(garble);
        Guest guest = Facts.Guest with { Toolstack = Toolstack };
        return await EnvironmentTester.TestAsync(
            Session(source),
            Session(destination),
            [guest],
            new CheckSettings(),
            timing,
            CancellationToken.None);
    }

    /// <summary>Every question to a host of this pair, with its answer.</summary>
    public async Task<IReadOnlyList<(string Host, RemoteCommand Command, CommandResult Result)>> AnswersAsync()
    {
        List<(string, RemoteCommand, CommandResult)> answers = [];
        _ = await TestAsync((host, command, result) =>
        {
            lock (answers)
            {
                answers.Add((host, command, result));
            }

            return result;
        });
        return answers;
    }

    /// <summary>Whether an answer is the one that tells what is wrong.</summary>
    public bool IsTold(string host, RemoteCommand command) => host == Host
        && (command.ToString() == Command
            || (!Command.EndsWith(" list", StringComparison.Ordinal) && command.ToString().StartsWith(Command + " ", StringComparison.Ordinal)));

    public override string ToString() => Check is null ? "nothing" : $"{Check} ({Host}: {Command})";

    private (GarblingShell Source, GarblingShell Destination, Timing Timing) Shells(Func<string, RemoteCommand, CommandResult, CommandResult> garble)
    {
        if (Toolstack == ToolstackKind.Xend)
        {
            XendPair pair = new();
            return (Wrap(pair.Source), Wrap(pair.Destination), pair.Timing.Timing);
        }

        SimulatedPair simulated = new();
        return (Wrap(simulated.Source), Wrap(simulated.Destination), simulated.Timing.Timing);

        GarblingShell Wrap(IHostShell shell) => new(shell, (command, result) =>
            garble(shell.Endpoint.ComputerName, command, Answer(shell.Endpoint.ComputerName, command, OfLibvirt(shell, command) ?? result)));
    }

    private HostSession Session(GarblingShell shell) => Toolstack switch
    {
        ToolstackKind.Xend => A.XendHost(shell),
        ToolstackKind.Libvirt => A.LibvirtHost(shell),
        _ => A.Host(shell),
    };

    /// <summary>What a host of xl's has besides if it has libvirt too.</summary>
    private CommandResult? OfLibvirt(IHostShell host, RemoteCommand command) => Toolstack != ToolstackKind.Libvirt ? null : command.Words switch
    {
        _ when command.ToString() == LibvirtDomains.Always.ToString() =>
            new CommandResult(0, host.Endpoint.ComputerName == "a" ? s_virsh : s_virshOfNone, ""),
        ["nc", ..] => new CommandResult(1, "", "nc: connect to b port 49152 (tcp) failed: Connection refused\n"),
        ["getent", ..] => new CommandResult(0, "10.77.0.8       STREAM b\n", ""),
        _ => null,
    };

    private CommandResult Answer(string host, RemoteCommand command, CommandResult sound) =>
        Check is not null && IsTold(host, command) ? Break(sound) : sound;

    private static BrokenPair Xl(string check, string host, string command, string words, Func<string, string> change) =>
        new(check, ToolstackKind.Xl, host, command, words, result => result with { Output = change(result.Output) });

    private static BrokenPair Xm(string check, string host, string command, string words, Func<string, string> change) =>
        new(check, ToolstackKind.Xend, host, command, words, result => result with { Output = change(result.Output) });

    private static BrokenPair Virsh(string check, string host, RemoteCommand command, string words, Func<string, string> change) =>
        new(check, ToolstackKind.Libvirt, host, command.ToString(), words, result => result with { Output = change(result.Output) });

    /// <summary>As domstate and dumpxml tell of a guest; without an id it is only defined.</summary>
    private static string Described(string name, Guid? uuid, int? id) =>
        (id is null ? "" : "running\n")
        + $"<domain type='xen'{(id is null ? "" : $" id='{id}'")}><name>{name}</name>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}<memory unit='KiB'>131072</memory>"
        + "<vcpu>1</vcpu><os><type>linux</type></os><devices /></domain>\n";

    private static string Listed(string name, string state) =>
        $"{name,-40}    77   128     1     {state}       1.5\n";

    private static string Field(string text, string key, string value) =>
        Regex.Replace(text, $@"(?m)^{key}( *): .*$", $"{key}$1: {value}");
}
