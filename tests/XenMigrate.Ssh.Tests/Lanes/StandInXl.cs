namespace XenMigrate.Ssh.Tests;

/// <summary>
/// An xl, and an ssh for it, on the server's side: guests that are there, and moves that never end by themselves.
/// </summary>
public sealed class StandInXl : IDisposable
{
    private const string Xl =
        """
        #!/bin/sh
        case $1 in
        list)
          printf 'Name  ID  Mem  VCPUs  State  Time(s)  UUID  Reason-Code  Security Label\n'
          printf 'web%s   %s   512   1   -b----   12.3   00000000-0000-0000-0000-%012d   -   -\n' "$3" "$3" "$3"
          ;;
        -vvv)
          sh -c "$4 $6"
          echo "transport of $5 ended" >> "${0%/*}/ended"
          exit 1
          ;;
        esac
        """;

    // A process of a script has the script's name, which is what the product looks for before it ends one.
    private const string Ssh =
        """
        #!/bin/sh
        read -r nothing < "${0%/*}/never"
        """;

    private readonly TemporaryFolder _folder = new();

    public StandInXl(SshServer server)
    {
        Program("xl", Xl);
        Program("ssh", Ssh);
        Programs.Run("mkfifo", _folder.File("never"));
        server.LoginScript = $"PATH={_folder.Path}:$PATH; export XENMIGRATE_RUN={_folder.File("run")}";
    }

    /// <summary>How many transports have ended.</summary>
    public int Ended => File.Exists(_folder.File("ended")) ? File.ReadLines(_folder.File("ended")).Count() : 0;

    /// <summary>A move of a guest that no other run of these tests on this machine moves at the same time.</summary>
    internal static TransferRequest Move(IHostShell source, int number)
    {
        int id = (Environment.ProcessId % 1_000_000 * 100) + number;
        Guest guest = new()
        {
            Name = $"web{id}",
            Id = id,
            Uuid = Guid.Parse($"00000000-0000-0000-0000-{id:d12}"),
            ComputerName = source.Endpoint.ComputerName,
            MemoryMB = 512,
            Toolstack = ToolstackKind.Xl,
        };
        return new TransferRequest(guest, source, "xen2", Timing.Real)
        {
            Lease = GuestLease.Of(guest, "moves it", Timing.Real),
        };
    }

    public void Dispose() => _folder.Dispose();

    private void Program(string name, string text)
    {
        string path = _folder.Write(name, text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
