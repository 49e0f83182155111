namespace XenMigrate.Embedded.Commands;

/// <summary>Programs about sockets: lsof and nc.</summary>
internal sealed class SocketPrograms(EmbeddedNetwork network, XendDaemon xend, HostProfile own)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("lsof", ListOpen);
        table.Add("nc", Connect);
    }

    private int ListOpen(Invocation call)
    {
        Options options = Options.Read(call, "nPt", "is");
        // "-i :8002", or "-i TCP -s TCP:LISTEN".
        string filter = options["i"] ?? "";
        string port = filter.Contains(':') ? filter[(filter.IndexOf(':') + 1)..] : "";
        if (options.Problem is not null || (options.Operands.Count > 0 && options["s"] is null) || !options.Has("i"))
        {
            return call.Fail("lsof: illegal option\nlsof 4.78\n usage: [-?abhlnNoOPRstUvVX] [-i [i]] [-s] [names]");
        }

        OpenPort[] found = [.. Listeners().Where(listener => port is "" || Text(listener.Port) == port || listener.Service == port)];
        if (found.Length == 0)
        {
            return 1;
        }

        if (options.Has("t"))
        {
            found.ToList().ForEach(listener => call.WriteLine(Text(listener.Process)));
            return 0;
        }

        call.WriteLine("COMMAND  PID USER   FD   TYPE DEVICE SIZE NODE NAME");
        foreach (OpenPort listener in found)
        {
            call.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "{0,-7} {1,4} {2} {3,4}u  IPv4 {4,6}       TCP {5}:{6} (LISTEN)",
                listener.Command,
                listener.Process,
                listener.User,
                listener.File,
                listener.Inode,
                listener.Address,
                options.Has("P") ? Text(listener.Port) : listener.Service));
        }

        return 0;
    }

    private IEnumerable<OpenPort> Listeners()
    {
        yield return new OpenPort("portmap", 2010, "rpc ", 4, 5611, "*", 111, "sunrpc");
        yield return new OpenPort("sshd", 2391, "root", 3, 6890, "*", 22, "ssh");
        if (xend.ListensOn is { } port)
        {
            yield return new OpenPort(
                "python",
                own.XendProcess,
                "root",
                14,
                own.SocketInode,
                xend.ListensOnOneAddress ? own.Address.ToString() : "*",
                port,
                // What /etc/services calls it.
                port == 8002 ? "teradataordbms" : Text(port));
        }
    }

    private int Connect(Invocation call)
    {
        Options options = Options.Read(call, "zv", "w");
        if (options.Problem is not null
            || options.Operands is not [string name, string port]
            || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            return call.Fail("usage: nc [-46DdhklnrStUuvzC] [-i interval] [-p source_port]\n"
                + "\t  [-s source_ip_address] [-w timeout] [-X proxy_protocol]\n\t  [-x proxy_address[:port]] [hostname] [port[s]]");
        }

        if (HostProfile.Named(name) is not { } profile)
        {
            return call.Fail($"nc: getaddrinfo: Name or service not known");
        }

        if (profile == own && number == 22)
        {
            return 0;
        }

        try
        {
            using Socket socket = network.Connect(own.Address, new IPEndPoint(profile.Address, number));
            call.WriteLine($"Connection to {name} {port} port [tcp/{(number == 8002 ? "teradataordbms" : "*")}] succeeded!");
            return 0;
        }
        catch (SocketException e)
        {
            // A real nc would have waited for as long as -w says before it says this.
            string reason = e.SocketErrorCode == SocketError.ConnectionRefused ? "Connection refused" : "Operation timed out";
            return options.Has("v") ? call.Fail($"nc: connect to {name} port {port} (tcp) failed: {reason}") : 1;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record OpenPort(
        string Command, int Process, string User, int File, int Inode, string Address, int Port, string Service);
}
