namespace XenMigrate.Ssh;

/// <summary>How a shell would number the end of a remote command.</summary>
internal static class ExitCodes
{
    private const int Signalled = 128;
    private const int Unknown = -1;

    public static int Of(SshCommand command) =>
        command.ExitStatus ?? (SignalNumber(command.ExitSignal) is int signal ? Signalled + signal : Unknown);

    // The names that the protocol defines (RFC 4254, 6.10), with the numbers that all of Xen's hosts give them.
    private static int? SignalNumber(string? name) => name switch
    {
        "HUP" => 1,
        "INT" => 2,
        "QUIT" => 3,
        "ILL" => 4,
        "ABRT" => 6,
        "FPE" => 8,
        "KILL" => 9,
        "SEGV" => 11,
        "PIPE" => 13,
        "ALRM" => 14,
        "TERM" => 15,
        _ => null,
    };
}
