namespace XenMigrate.Embedded.Commands;

/// <summary>The script that reads what xend noted of late.</summary>
internal sealed class RecentLinesScript(HostFiles files, Machine machine)
{
    public void AddTo(ProgramTable table) => table.AddScript(XendDestinationLog.Name, Run);

    private int Run(Invocation call)
    {
        TimeSpan age = TimeSpan.FromSeconds(double.Parse(call.Arguments[0], CultureInfo.InvariantCulture));
        string path = call.Arguments[1];
        if (files.Find(path) is null)
        {
            return call.Fail($"awk: cannot open {path} (No such file or directory)", 2);
        }

        string since = (machine.Now() - age).UtcDateTime.ToString("'['yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        call.Write(string.Concat(files.ReadText(path).Split('\n').Where(line => string.CompareOrdinal(line, since) >= 0).Select(line => line + "\n")));
        return 0;
    }
}
