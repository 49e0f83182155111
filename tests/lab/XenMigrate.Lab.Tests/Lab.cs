using System.Text.RegularExpressions;

namespace XenMigrate.Lab.Tests;

/// <summary>
/// The two Xen hosts, as OpenSSH and xl show them: what the tests believe is never told by the code under test.
/// </summary>
internal static partial class Lab
{
    public const string Host07 = "et-virt07";
    public const string Host08 = "et-virt08";

    // Who moved, or was restored, has a later id; its kernel told what it can do when it booted, and not again since.
    private const int LastIdAtFirst = 2;

    private static readonly string s_sockets = Directory.CreateTempSubdirectory("lab-").FullName;
    private static bool s_spoilt;
    private static readonly string? s_home = Environment.GetEnvironmentVariable("HOME");
    private static readonly string s_script = Path.Combine(StagedModule.Metadata("RepositoryRoot"), "tests", "lab", "lab");
    private static readonly Lazy<string?> s_reasonToSkip = new(FindReasonToSkip);
    private static readonly Lazy<bool> s_hasHvm = new(() => Run(Host08, "xl info virt_caps").Contains("hvm", StringComparison.Ordinal));
    private static readonly Lazy<string> s_sshConfiguration = new(() => Script("config").Trim());

    /// <summary>Why no lab test can run, or null.</summary>
    public static string? ReasonToSkip => s_reasonToSkip.Value;

    /// <summary>The same of tests that take too long for every change.</summary>
    public static string? ReasonToSkipLong => ReasonToSkip ?? ReasonWithoutTime;

    /// <summary>The same of tests with PVH and HVM guests.</summary>
    public static string? ReasonToSkipHvm => ReasonToSkip ?? (s_hasHvm.Value ? null : "The hosts' processors have no SVM: tests/lab/lab up --amd");

    /// <summary>Of those that take too long.</summary>
    public static string? ReasonToSkipLongHvm => ReasonToSkipHvm ?? ReasonWithoutTime;

    /// <summary>Whether what takes minutes more was asked for.</summary>
    public static bool HasTime => Environment.GetEnvironmentVariable("XENMIGRATE_LAB_LONG") == "1";

    /// <summary>An ssh configuration that knows both hosts.</summary>
    public static string SshConfiguration => s_sshConfiguration.Value;

    /// <summary>Both hosts as they were when the lab came up: testvm1 and testvm2 run on et-virt08.</summary>
    /// <param name="fresh">Whether they must not have moved since they booted.</param>
    /// <remarks>A test that spoils more than guests mends it, or says <see cref="Spoil"/>.</remarks>
    public static void Ready(bool fresh)
    {
        bool isReady = !s_spoilt
            && Rows(Host08).Select(row => row.Name).Order().SequenceEqual(["testvm1", "testvm2"])
            && Rows(Host08).All(row => IsRunning(row.State) && (!fresh || row.Id <= LastIdAtFirst))
            && !Rows(Host07).Any();
        if (!isReady)
        {
            Disconnect();
            _ = Script("reset");
            s_spoilt = false;
        }
    }

    /// <summary>testvm1 alone, freshly made on et-virt07, which has the disks; et-virt08 has no guest.</summary>
    /// <returns>A heartbeat of it.</returns>
    public static long StartOn07()
    {
        Spoil();
        // The one before has beaten longer.
        _ = Run(Host08, "xl destroy testvm1; xl destroy testvm2; truncate -s 0 /var/log/xen/console/guest-testvm1.log");
        _ = Run(Host07, "xl create -q /etc/xen/testvm1.cfg");
        return WaitForHeartbeat(Host07, "testvm1", 0);
    }

    /// <summary>No guest on either host.</summary>
    public static void Clear()
    {
        Spoil();
        foreach (string host in new[] { Host07, Host08 })
        {
            _ = Run(host, "for guest in $(xl list | awk 'NR > 2 { print $1 }'); do xl destroy $guest; done; rm -f /var/log/xen/console/guest-*");
        }
    }

    /// <summary>Which Xen a host has: 4.17.</summary>
    public static string Version(string host) => Run(host, "xl info xen_version").Trim()[..4];

    /// <summary>The hosts are no longer fit for another test.</summary>
    public static void Spoil() => s_spoilt = true;

    public static void Crash(string host)
    {
        Spoil();
        Disconnect();
        _ = Script("crash", host[^2..]);
    }

    /// <summary>Boots a crashed host again, without guests.</summary>
    public static void Up() => _ = Script("up");

    /// <summary>Boots a host anew, without guests, with that version of Xen; the shared disks stay.</summary>
    public static void Boot(string host, string version)
    {
        Spoil();
        Disconnect();
        _ = Script("boot", host[^2..], version);
        // A server of NFS that was booted gives nothing out for a minute and a half.
        _ = Run(Host08, "timeout 300 sh -c 'until head -c 512 /var/lib/libvirt/images/testvm1.img; do sleep 2; done' >/dev/null");
    }

    /// <summary>The same where it has another.</summary>
    public static void BootIfOther(string host, string version)
    {
        if (Version(host) != version)
        {
            Boot(host, version);
        }
    }

    /// <summary>Runs a shell's command line on a host as root, and returns its output; any failure throws.</summary>
    public static string Run(string host, string commandLine)
    {
        Connect(host);
        (int exitCode, string output, string error) =
            Process("ssh", "-F", SshConfiguration, "-S", Socket(host), "-o", "LogLevel=ERROR", host, commandLine);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{host}: '{commandLine}' ended with {exitCode}: {output}{error}");
    }

    /// <summary>The same over a connection of its own, as somebody types it who has none.</summary>
    public static void RunOverNewConnection(string host, string commandLine) =>
        _ = Process("ssh", "-F", SshConfiguration, "-o", "ControlPath=none", "-o", "LogLevel=ERROR", host, commandLine);

    /// <summary>The names of the guests on a host, without the control domain.</summary>
    public static string[] Guests(string host) => [.. Rows(host).Select(row => row.Name)];

    /// <summary>The hosts that have a live copy of a guest under its own name.</summary>
    public static string[] WhereRunning(string guest) =>
    [
        .. new[] { Host07, Host08 }.Where(host => Rows(host).Any(row => row.Name == guest && IsRunning(row.State))),
    ];

    /// <summary>The uuid of a guest on a host.</summary>
    public static string Uuid(string host, string guest) => CopiesOn(host).Single(copy => copy.Name == guest).Uuid;

    /// <summary>Every copy of a guest on either host, whatever it is called.</summary>
    public static LabCopy[] Copies(string uuid) =>
        [.. new[] { Host07, Host08 }.SelectMany(CopiesOn).Where(copy => copy.Uuid == uuid)];

    /// <summary>Runs a program on this machine; any failure throws.</summary>
    public static void Local(string program, params string[] words) => _ = Succeeded(program, Process(program, words));

    /// <summary>Waits until a guest wrote a later heartbeat than this one to a console of that host, and returns it.</summary>
    public static long WaitForHeartbeat(string host, string guest, long after, TimeSpan? limit = null)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < (limit ?? TimeSpan.FromSeconds(90)))
        {
            long last = LastHeartbeat(host, guest);
            if (last > after)
            {
                return last;
            }
        }

        throw new TimeoutException($"{guest} on {host} wrote no heartbeat after {after}.");
    }

    /// <summary>The number of the last heartbeat on the consoles of a host; 0 if there is none.</summary>
    public static long LastHeartbeat(string host, string guest)
    {
        // A guest that moved in writes to the console log of its time as NAME--incoming.
        string logs = Run(host, $"cat /var/log/xen/console/guest-{guest}*.log 2>/dev/null || true");
        return Heartbeat().Matches(logs)
            .Where(match => match.Groups["guest"].Value == guest)
            .Select(match => long.Parse(match.Groups["beat"].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
    }

    /// <summary>The last jump of its clock that a guest itself noted on a console of that host.</summary>
    public static TimeSpan LastGap(string host, string guest) => Gaps(host, guest)[^1];

    /// <summary>All of them, in order.</summary>
    public static TimeSpan[] Gaps(string host, string guest) =>
    [
        .. Gap().Matches(Run(host, $"cat /var/log/xen/console/guest-{guest}*.log 2>/dev/null || true"))
            .Where(match => match.Groups["guest"].Value == guest)
            .OrderBy(match => double.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture))
            .Select(match => TimeSpan.FromSeconds(double.Parse(match.Groups["wall"].Value, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Ends every ssh connection to a host but the one that does it.</summary>
    public static void CutConnections(string host) => _ = Run(
        host, """for p in $(pgrep -f '[s]shd: root@notty'); do [ "$p" = "$PPID" ] || kill -9 "$p"; done""");

    /// <summary>
    /// Sends the processes a signal whose words begin so, whatever folder their program lies in, and returns their ids.
    /// </summary>
    public static string Kill(string host, string words, string signal = "KILL") =>
        Run(host, $"p=$({Find(words)}); kill -{signal} $p; echo $p");

    /// <summary>The same as soon as a save helper of that host suspended its guest, and a while after.</summary>
    /// <remarks>From here the moment would be over: under emulation a command takes as long as a last pass.</remarks>
    public static string KillInLastPass(string host, string words, string signal, TimeSpan after) => Run(
        host,
        $$"""
        rm -f /run/xenmigrate/*/events
        late=$(($(date +%s) + 180))
        suspended() {
          while read -r line; do
            case $line in *'"suspended"'*) return 0 ;; esac
          done 2>/dev/null < "$1"
          return 1
        }
        p=
        while [ "$(date +%s)" -lt $late ]; do
          set -- /run/xenmigrate/*/events
          [ -e "$1" ] || { sleep 0.2; continue; }
          [ -n "$p" ] || p=$({{Find(words)}})
          suspended "$1" && break
          sleep 0.1
        done
        suspended "$1" || exit 1
        sleep {{after.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)}}
        kill -{{signal}} $p 2>/dev/null && echo $p || echo over
        """);

    private static string? ReasonWithoutTime => HasTime ? null : "It takes minutes: XENMIGRATE_LAB_LONG=1 runs it.";

    private static IEnumerable<(string Name, int Id, string State)> Rows(string host) => Run(host, "xl list")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(2)
        .Select(line => Row().Match(line))
        .Select(match => (
            match.Groups["name"].Value,
            match.Success ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : 0,
            match.Groups["state"].Value));

    private static IEnumerable<LabCopy> CopiesOn(string host) => Run(host, "xl list -v")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => VerboseRow().Match(line))
        .Where(match => match.Success)
        .Select(match => new LabCopy(host, match.Groups["name"].Value, match.Groups["uuid"].Value, match.Groups["state"].Value, IsRunning(match.Groups["state"].Value)));

    private static bool IsRunning(string state) => state is "r-----" or "-b----" or "------";

    private static string Find(string words) =>
        $$"""ps -e -o pid= -o args= | awk -v w='{{words}}' '{ i = $1; sub(/^ *[0-9]+ (\/[^ ]*\/)?/, "") } index($0, w) == 1 { print i }'""";

    private static string Socket(string host) => Path.Combine(s_sockets, host);

    /// <summary>One connection for all our commands: under emulation a new one takes seconds.</summary>
    private static void Connect(string host)
    {
        if (!File.Exists(Socket(host)))
        {
            _ = Process("sh", "-c", """exec ssh -F "$1" -S "$2" -M -N -f "$3" </dev/null >/dev/null 2>&1""", "sh", SshConfiguration, Socket(host), host);
        }
    }

    private static void Disconnect()
    {
        foreach (string host in new[] { Host07, Host08 })
        {
            _ = Process("ssh", "-F", SshConfiguration, "-S", Socket(host), "-O", "exit", host);
            File.Delete(Socket(host));
        }
    }

    private static string? FindReasonToSkip()
    {
        try
        {
            (int exitCode, string output, string error) = Process(s_script, "status");
            return exitCode == 0
                ? null
                : Required($"the lab is not up (tests/lab/lab up): {output}{error}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return Required($"the lab can't run here: {e.Message}");
        }
    }

    /// <summary>Where the lab has to be there, a test that can't run is no skipped one.</summary>
    private static string Required(string reason) =>
        Environment.GetEnvironmentVariable("XENMIGRATE_LAB_REQUIRED") is { Length: > 0 }
            ? throw new InvalidOperationException(reason)
            : reason;

    private static string Script(params string[] words) => Succeeded($"lab {string.Join(' ', words)}", Process(s_script, words));

    private static string Succeeded(string what, (int ExitCode, string Output, string Error) run) => run.ExitCode == 0
        ? run.Output
        : throw new InvalidOperationException($"{what}: {run.Output}{run.Error}");

    private static (int ExitCode, string Output, string Error) Process(string program, params string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The tests give the module a home of its own; the lab stays where it is.
        start.Environment["HOME"] = s_home;
        using Process process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    [GeneratedRegex(@"^(?<name>.*?)\s+(?<id>\d+)\s+\d+\s+\d+\s+(?<state>[a-zA-Z?-]{6})\s+[\d.]+\s*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<name>.*?)\s+\d+\s+\d+\s+\d+\s+(?<state>[a-zA-Z?-]{6})\s+[\d.]+\s+(?<uuid>[0-9a-f-]{36})\s")]
    private static partial Regex VerboseRow();

    [GeneratedRegex(@"(?<guest>[A-Za-z0-9-]+) GAP wall (?<wall>-?[\d.]+) s mono [\d.-]+ s at (?<at>[\d.]+)")]
    private static partial Regex Gap();

    [GeneratedRegex(@"(?<guest>[A-Za-z0-9-]+) [^\n]*?beat (?<beat>\d+)")]
    private static partial Regex Heartbeat();
}

/// <summary>A copy of a guest as xl list -v shows it.</summary>
internal sealed record LabCopy(string Host, string Name, string Uuid, string State, bool Runs);
