namespace XenMigrate.Ssh;

/// <summary>Ends the processes of a command on its host, over a channel of its own.</summary>
/// <remarks>
/// Whatever stays in the command's process group is ended. A daemon that made a session of its own (setsid) is out of
/// reach, which is right for what a toolstack leaves running on purpose.
/// </remarks>
internal static class RemoteTermination
{
    // TERM, then up to $2 tenths of a second, then KILL. It all happens there, so that it goes on if the line breaks.
    private const string Script =
        """
        kill -s TERM -- "-$1" 2>/dev/null || exit 0
        i=0
        while kill -s 0 -- "-$1" 2>/dev/null; do
          [ "$i" -lt "$2" ] || { kill -s KILL -- "-$1" 2>/dev/null; exit 0; }
          i=$((i + 1))
          sleep 0.1 || sleep 1
        done
        """;

    /// <summary>Ends a process group; returns once it is gone or nothing more can be done.</summary>
    /// <param name="timeout">How long the host may take to do it.</param>
    /// <returns>Whether the host was asked.</returns>
    /// <exception cref="ChannelRefusedException">The host begins no further command on this connection.</exception>
    public static Task<bool> RunAsync(SshClient client, int group, TimeSpan grace, TimeSpan timeout)
    {
        RemoteCommand command = RemoteCommand.Script(
            Script,
            group.ToString(CultureInfo.InvariantCulture),
            ((int)(grace.TotalSeconds * 10)).ToString(CultureInfo.InvariantCulture));
        return BlockingThread.Run(() => Run(client, LoginShellLine.Of("exec \"$@\"", command.Words), timeout));
    }

    private static bool Run(SshClient client, string line, TimeSpan timeout)
    {
        try
        {
            using SshCommand kill = client.CreateCommand(line);
            kill.CommandTimeout = timeout;
            kill.Execute();
            return true;
        }
        catch (SshException e) when (ChannelRefusedException.Is(e))
        {
            throw new ChannelRefusedException(e);
        }
        catch (SshException)
        {
            // The connection is gone or hangs. The caller closes the command's channel, which is all that is left.
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
