namespace XenMigrate.Embedded.Commands;

/// <summary>ntpstat, which tells whether ntpd keeps the clock right.</summary>
internal sealed class TimeServerProgram(Machine machine)
{
    public void AddTo(ProgramTable table) => table.Add("ntpstat", Tell);

    private int Tell(Invocation call)
    {
        if (machine.HasTimeServer)
        {
            call.WriteLine("synchronised to NTP server (10.0.0.1) at stratum 3 \n   time correct to within 37 ms\n   polling server every 1024 s");
            return 0;
        }

        call.WriteLine("unsynchronised\n  time server re-starting\n   polling server every 64 s");
        return 1;
    }
}
