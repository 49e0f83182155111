using System.Xml.Linq;

namespace XenMigrate.Tests;

/// <summary>
/// Guests as toolstacks describe them. Every path of theirs is a file of an export that both hosts have mounted, or the
/// device with the identities of the input "device".
/// </summary>
public class GuestCorpusTests
{
    [Theory, Corpus("xl-list")]
    public void A_guest_of_xl_has_what_its_json_says(CorpusCase given)
    {
        XlConfiguration configuration = Assert.Single(XlListLong.Parse(given.InputOf("json")));
        Answer(given, Assert.Single(
            XlGuests.Question("a").Read([Table(configuration.Id, configuration.Name), new CommandResult(0, given.InputOf("json"), "")]),
            guest => guest.Id > 0));
    }

    [Theory, Corpus("libvirt-xml")]
    public void A_guest_of_libvirt_has_what_its_xml_says(CorpusCase given)
    {
        XElement domain = XElement.Parse(given.InputOf("xml"));
        Answer(given, Assert.Single(
            LibvirtGuests.Question("a", LibvirtDomains.Managed).Read(
            [
                Table((int)domain.Attribute("id")!, domain.Element("name")!.Value),
                new CommandResult(0, "[]", ""),
                new CommandResult(0, $"running\n\n{given.InputOf("xml")}\n", ""),
            ]),
            guest => guest.Id > 0));
    }

    [Theory, Corpus("xm-list")]
    public void A_guest_of_xend_has_what_its_expression_says(CorpusCase given)
    {
        XmConfiguration configuration = Assert.Single(XmListLong.Parse(given.InputOf("sxp")));
        Answer(given, Assert.Single(
            XmGuests.Question("a").Read([Table(configuration.Id!.Value, configuration.Name), new CommandResult(0, given.InputOf("sxp"), "")]),
            guest => guest.Id > 0));
    }

    private static void Answer(CorpusCase given, Guest guest)
    {
        PairFacts pair = Pair(guest, given.InputOrNull("device")?.Trim());
        given.Answers(question => question switch
        {
            "passthrough" => Words(guest.PassthroughDevice),
            "migratable" => guest.Migratable ? "yes" : "no",
            "disks" => Words(guest.Disk.Select(disk => disk.ToString() + (disk.Removable ? " (medium)" : ""))),
            "bridges" => Words(guest.NetworkInterface.Select(nic => nic.Bridge).OfType<string>()),
            "folder for an image" => SharedFolder.Of(pair, guest) ?? "none",
            "folders to write to" => Words(TokenTest.FoldersOf(pair, guest)),
            _ => Judgement.Of(question, pair, guest),
        });
    }

    private static PairFacts Pair(Guest guest, string? device)
    {
        string[] paths = [.. guest.Disk.Select(disk => disk.FilePath).OfType<string>().Distinct()];
        return Facts.Good with { Tokens = null, Source = With(Facts.Good.Source), Destination = With(Facts.Good.Destination) };

        HostFacts With(HostFacts host) => host with
        {
            Guests = Facts.Known<IReadOnlyList<Guest>>(host.Host, host.Host == "a" ? [guest] : []),
            Mounts = Facts.Known<IReadOnlyList<Mount>>(host.Host, [Facts.Nfs("nas:/", "10.77.0.99", "/")]),
            Disks = paths.ToDictionary(path => path, path => Facts.Known(
                host.Host, device is null ? Facts.File("0:36", path: path) : Facts.Block(path, device.Split(' ')))),
        };
    }

    private static string Words(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? text : "none";

    private static CommandResult Table(int id, string? name) => new(
        0,
        "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
            + "Domain-0                                     0   512     1     r-----      10.0\n"
            + $"{name,-40}    {id,3}   128     1     -b----       1.0\n",
        "");
}
