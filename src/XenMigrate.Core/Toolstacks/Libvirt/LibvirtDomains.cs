using System.Xml;

namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>What libvirt knows of every guest, running or only defined: a word on its state and its XML, one after the other.</summary>
internal static class LibvirtDomains
{
    // A virsh takes time to start, so that it is started twice and not twice a guest. libvirt keeps a file for each guest
    // that it has made and each that it defines; without any but the control domain's there is nothing to ask it.
    private const string Script =
        """
        if [ "$1" = managed ]; then
          any=
          for file in /run/libvirt/libxl/*.xml /var/run/libvirt/libxl/*.xml /etc/libvirt/libxl/*.xml; do
            [ "${file##*/}" = Domain-0.xml ] || { [ -e "$file" ] && any=1; }
          done
          [ -n "$any" ] || exit 0
        fi
        ids=$(virsh -q -c xen:///system list --all --uuid) || exit
        commands=
        for id in $ids; do
          commands="$commands domstate $id; dumpxml $id;"
        done
        [ -z "$commands" ] || exec virsh -q -c xen:///system "$commands"
        """;

    /// <summary>Asks libvirt in any case.</summary>
    public static RemoteCommand Always { get; } = RemoteCommand.Script(Script, "always");

    /// <summary>Asks libvirt if there is a guest that it manages; it may be there and not run if there is none.</summary>
    public static RemoteCommand Managed { get; } = RemoteCommand.Script(Script, "managed");

    /// <exception cref="XenMigrateException">libvirt did not answer, or not for all of them.</exception>
    public static IReadOnlyList<LibvirtConfiguration> Read(string host, RemoteCommand command, CommandResult result)
    {
        if (!result.Succeeded && !HasOnlyLostSome(result))
        {
            throw ToolFailure.Of("virsh", host, command, result);
        }

        IReadOnlyList<LibvirtConfiguration> domains = Parse(command, result.Output);
        // To libvirt the control domain is one of its guests. Where only managed ones matter, none is an answer.
        return domains.Count > 0 || !ReferenceEquals(command, Always)
            ? domains
            : throw new OutputNotUnderstoodException(command, "no domain, not even the control domain", result.Output);
    }

    /// <exception cref="OutputNotUnderstoodException">It is not what virsh writes, or it ends too early.</exception>
    public static IReadOnlyList<LibvirtConfiguration> Parse(RemoteCommand command, string output)
    {
        List<LibvirtConfiguration> domains = [];
        string state = "";

        try
        {
            using XmlReader reader = DomainXml.Reader(output);
            reader.Read();
            while (!reader.EOF)
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    state = reader.NodeType == XmlNodeType.Text ? reader.Value.Trim() : state;
                    reader.Read();
                    continue;
                }

                // ReadFrom stands behind the element then.
                XElement element = (XElement)XNode.ReadFrom(reader);
                domains.Add(element.Name == "domain" && element.Element("name") is not null
                    ? DomainXml.Configuration(element, State(state))
                    : throw new OutputNotUnderstoodException(command, $"an element that is no domain: {element.Name}", output));
                state = "";
            }
        }
        catch (XmlException e)
        {
            throw new OutputNotUnderstoodException(command, "no XML as virsh writes it: " + e.Message, output, e);
        }

        return state.Length == 0
            ? domains
            : throw new OutputNotUnderstoodException(command, $"nothing follows '{FirstLine(state)}'", output);
    }

    /// <summary>A guest may end between the two calls, and then the second one fails for it.</summary>
    private static bool HasOnlyLostSome(CommandResult result)
    {
        string[] errors = result.Error.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        return result.Output.Contains("<domain", StringComparison.Ordinal)
            && errors.Length > 0
            && errors.All(line => line.Contains("failed to get domain", StringComparison.Ordinal)
                || line.Contains("Domain not found", StringComparison.Ordinal));
    }

    private static GuestState State(string words) => words switch
    {
        "running" => GuestState.Running,
        "idle" or "blocked" or "no state" => GuestState.Blocked,
        "paused" => GuestState.Paused,
        "shut off" => GuestState.ShutDown,
        "in shutdown" => GuestState.Running,
        "crashed" => GuestState.Crashed,
        "pmsuspended" => GuestState.Suspended,
        _ => GuestState.Unknown,
    };

    private static string FirstLine(string text) => text.Split('\n')[0];
}
