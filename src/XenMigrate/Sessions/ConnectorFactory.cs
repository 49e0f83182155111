namespace XenMigrate.Sessions;

/// <summary>
/// The only place of this assembly that touches a type of XenMigrate.Ssh, which is loaded when this method is
/// compiled: that is why nobody else may, and why it is never inlined.
/// </summary>
internal static class ConnectorFactory
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostConnector Create() => new SshConnector();
}
