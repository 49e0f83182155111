namespace XenMigrate.Sessions;

/// <summary>
/// Starts the embedded hosts. Their assembly is loaded when this method is compiled: that is why it is never inlined.
/// </summary>
internal static class EmbeddedFactory
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IEmbeddedHosts Start() =>
#if NET
        new EmbeddedHosts();
#else
        throw new NotSupportedByToolstackException(
            "Windows PowerShell", "it has no embedded hosts; they need PowerShell 7.", "Run it in PowerShell 7.4 or newer: pwsh.");
#endif
}
