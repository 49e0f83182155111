namespace XenMigrate.Embedded.Commands;

/// <summary>xm migrate. With XENMIGRATE_PRECOPY in its environment it obeys it, and tells of the transfer on its output.</summary>
internal sealed class XmMigrateProgram(XendDaemon xend, XendDomains domains, Func<XendMove, XendSender> sender)
{
    public const string Usage = "Usage: xm migrate <Domain> <Host>\n\nMigrate a domain to another machine.\n\n"
        + "Options:\n\n-h, --help           Print this help.\n-l, --live           Use live migration.\n"
        + "-p=portnum, --port=portnum\n                     Use specified port for migration.\n"
        + "-r=MBIT, --resource=MBIT\n                     Set level of resource usage for migration.";

    public async Task<int> RunAsync(Invocation call)
    {
        Options options = Options.Read(call, "l", "pr", ("live", "l"));
        ushort port = 0;
        if (options.Problem is not null
            || options.Operands is not [string word, string host]
            || (options["p"] is { } text && !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            call.WriteLine(Usage);
            return call.Fail("Error: Invalid argument.");
        }

        bool obeys = call.Environment.TryGetValue(PreCopyOptions.Variable, out string? value);
        PreCopyOptions precopy;
        try
        {
            precopy = obeys ? PreCopyOptions.Parse(value!) : XendMove.Legacy;
        }
        catch (FormatException e)
        {
            return call.Fail($"Error: {e.Message}");
        }

        return await MoveAsync(call, word, host, options.Has("l"), port, obeys, precopy).ConfigureAwait(false);
    }

    /// <summary>The move itself, which virsh asks xend for too.</summary>
    public async Task<int> MoveAsync(
        Invocation call, string word, string host, bool live, int port, bool obeys, PreCopyOptions precopy)
    {
        if (word is "0" or "Domain-0")
        {
            throw new XendException("Cannot migrate privileged domain 0");
        }

        Domain domain = domains.Get(word);
        HostProfile destination = HostProfile.Named(host)
            ?? throw new XendException("can't connect: Name or service not known");
        Refuse(domain.Configuration);
        XendMove move = new(domain, destination)
        {
            Live = live,
            Port = port != 0 ? port : xend.Configuration?.RelocationPort ?? 8002,
            Options = precopy,
            Report = obeys ? report => call.WriteLine(report.ToLine()) : _ => { },
        };
        await sender(move).RunAsync(call.CancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <exception cref="XendException">xend does not even begin.</exception>
    private static void Refuse(DomainConfiguration configuration)
    {
        if (configuration.HostDevices.Count > 0)
        {
            throw new XendException("Migration not permitted with assigned PCI device.");
        }

        if (configuration.MayNotMove)
        {
            throw new XendException("cannot migrate non-migratable guest");
        }
    }
}
