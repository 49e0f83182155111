using System.Reflection;

namespace XenMigrate.Ssh;

/// <summary>A channel of a connection's that leads to a port of another host, as the jump host reaches it.</summary>
/// <remarks>
/// SSH.NET has it, but lends it to its own forwarded ports alone, which listen for as long as the connection lives. So it is
/// called by name; the version of SSH.NET is locked, and each test with a jump host fails if a name changes.
/// </remarks>
internal sealed class DirectChannel : IDisposable
{
    private static readonly PropertyInfo s_session =
        typeof(BaseClient).GetProperty("Session", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo s_create = s_session.PropertyType.GetMethod("CreateChannelDirectTcpip")!;
    private static readonly Type s_type = s_create.ReturnType;

    private readonly IDisposable _channel;

    public DirectChannel(SshClient client)
    {
        object session = s_session.GetValue(client) ?? throw new ObjectDisposedException(nameof(client));
        // By way of a delegate, exceptions come as they are.
        _channel = (IDisposable)Bound<Func<object>>(s_create, session)();
    }

    public bool IsOpen => Of<Func<bool>>(s_type.GetProperty("IsOpen")!.GetMethod!)();

    /// <summary>Asks the jump host to connect; returns once it answered.</summary>
    /// <param name="owner">Who ends it.</param>
    /// <param name="socket">What comes over the channel goes there.</param>
    public void Open(string host, int port, IForwardedPort owner, Socket socket) =>
        Of<Action<string, uint, IForwardedPort, Socket>>(s_type.GetMethod("Open")!)(host, (uint)port, owner, socket);

    /// <summary>Sends what comes from the socket, until it is closed.</summary>
    public void Carry() => Of<Action>(s_type.GetMethod("Bind")!)();

    public void Dispose() => _channel.Dispose();

    private T Of<T>(MethodInfo method)
        where T : Delegate => Bound<T>(method, _channel);

    private static T Bound<T>(MethodInfo method, object target)
        where T : Delegate => (T)Delegate.CreateDelegate(typeof(T), target, method);
}
