namespace XenMigrate.Embedded.Commands;

/// <summary>xenstore-ls, of which an embedded host has each guest's folder.</summary>
internal sealed class XenstoreProgram(Machine machine, Hypervisor hypervisor)
{
    private const string Domains = "/local/domain/";

    public void AddTo(ProgramTable table) => table.Add("xenstore-ls", List);

    private int List(Invocation call)
    {
        string path = string.Join(' ', call.Arguments);
        Domain? domain = !path.StartsWith(Domains, StringComparison.Ordinal) ? null : hypervisor.Domains.FirstOrDefault(
            domain => domain.Id.ToString(CultureInfo.InvariantCulture) == path[Domains.Length..]);
        if (domain is null)
        {
            return call.Fail($"xenstore-ls: xs_directory ({path}): No such file or directory");
        }

        call.Write(FormattableString.Invariant(
            $"""
            domid = "{domain.Id}"
            name = "{domain.Guest.Name}"
            device = ""
             vbd = ""
              51712 = ""
               backend-id = "0"
               state = "4"
            control = ""
             shutdown = ""
             platform-feature-multiprocessor-suspend = "1"
             feature-poweroff = "1"
             feature-reboot = "1"
             feature-suspend = "{(machine.GuestsOfferSuspend ? "1" : "")}"

            """));
        return 0;
    }
}
