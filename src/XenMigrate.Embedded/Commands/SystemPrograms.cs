namespace XenMigrate.Embedded.Commands;

/// <summary>Programs about the system itself: date, uptime, hostname, uname, which, getent and echo.</summary>
internal sealed class SystemPrograms(Machine machine)
{
    private static readonly string[] s_administration = ["xm", "brctl", "lsof", "showmount", "service", "ip"];

    public void AddTo(ProgramTable table)
    {
        table.Add("date", Date);
        table.Add("uptime", Uptime);
        table.Add("hostname", HostName);
        table.Add("uname", KernelName);
        table.Add("which", call => Which(call, table));
        table.Add("getent", GetEntry);
        table.Add("echo", Echo);
        table.Add("true", _ => 0);
        table.Add("false", _ => 1);
    }

    private int Date(Invocation call)
    {
        DateTimeOffset now = machine.Now();
        string format = call.Arguments.LastOrDefault(word => word.StartsWith('+')) ?? "+%a %b %e %H:%M:%S UTC %Y";
        if (call.Arguments.FirstOrDefault(word => word is not ("-u" or "--utc") && !word.StartsWith('+')) is { } odd)
        {
            return call.Fail($"date: invalid date `{odd}'");
        }

        call.WriteLine(Replace(format[1..], letter => letter switch
        {
            's' => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            'N' => (now.Ticks % TimeSpan.TicksPerSecond * 100).ToString("D9", CultureInfo.InvariantCulture),
            'a' => Text("ddd"),
            'b' => Text("MMM"),
            'e' => now.UtcDateTime.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'd' => Text("dd"),
            'm' => Text("MM"),
            'Y' => Text("yyyy"),
            'H' => Text("HH"),
            'M' => Text("mm"),
            'S' => Text("ss"),
            'T' => Text("HH:mm:ss"),
            'F' => Text("yyyy-MM-dd"),
            'Z' => "UTC",
            'z' => "+0000",
            '%' => "%",
            _ => "%" + letter,
        }));
        return 0;

        string Text(string part) => now.UtcDateTime.ToString(part, CultureInfo.InvariantCulture);
    }

    private int Uptime(Invocation call)
    {
        DateTimeOffset now = machine.Now();
        TimeSpan up = machine.Uptime;
        string days = up.Days > 0 ? $"{up.Days} day{(up.Days == 1 ? "" : "s")}, " : "";
        string time = up.Hours > 0
            ? FormattableString.Invariant($"{up.Hours,2}:{up.Minutes:00}")
            : FormattableString.Invariant($"{up.Minutes} min");
        call.WriteLine($" {now.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} up {days}{time},  1 user,  load average: 0.08, 0.03, 0.01");
        return 0;
    }

    private int HostName(Invocation call)
    {
        switch (call.Arguments)
        {
            case [] or ["-s"]:
                // As RHEL 5 sets it: the full name, of which -s shows the first part.
                call.WriteLine(call.Arguments.Count == 0 ? machine.Profile.FullName : machine.Profile.Name);
                return 0;
            case ["-f" or "--fqdn"]:
                call.WriteLine(machine.Profile.FullName);
                return 0;
            case ["-i"]:
                call.WriteLine(machine.Profile.Address.ToString());
                return 0;
            default:
                return call.Fail("Usage: hostname [-v] {hostname|-F file}      set hostname (from file)", 4);
        }
    }

    private int KernelName(Invocation call)
    {
        call.WriteLine(call.Arguments switch
        {
            ["-r"] => XmInfoProgram.KernelRelease,
            ["-n"] => machine.Profile.FullName,
            ["-m"] => "x86_64",
            ["-a"] => $"Linux {machine.Profile.FullName} {XmInfoProgram.KernelRelease} {XmInfoProgram.KernelVersion} x86_64 x86_64 x86_64 GNU/Linux",
            _ => "Linux",
        });
        return 0;
    }

    private static int Which(Invocation call, ProgramTable table)
    {
        int exitCode = 0;
        foreach (string name in call.Arguments.Where(word => word != "--"))
        {
            if (table.Has(name))
            {
                call.WriteLine((s_administration.Contains(name) ? "/usr/sbin/" : "/usr/bin/") + name);
            }
            else
            {
                exitCode = call.Fail($"/usr/bin/which: no {name} in (/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin:/root/bin)");
            }
        }

        return exitCode;
    }

    private static int GetEntry(Invocation call)
    {
        if (call.Arguments is not ["hosts" or "ahosts", string name])
        {
            return call.Fail("Usage: getent [OPTION...] database [key ...]", 1);
        }

        if (name is "localhost" or "localhost.localdomain" or "127.0.0.1")
        {
            call.WriteLine("127.0.0.1       localhost.localdomain localhost");
            return 0;
        }

        if (HostProfile.Named(name) is not { } host)
        {
            return 2;
        }

        call.WriteLine($"{host.Address,-15} {host.FullName} {host.Name}");
        return 0;
    }

    private static int Echo(Invocation call)
    {
        call.WriteLine(string.Join(' ', call.Arguments));
        return 0;
    }

    private static string Replace(string format, Func<char, string> value)
    {
        List<string> parts = [];
        for (int i = 0; i < format.Length; i++)
        {
            parts.Add(format[i] == '%' && i + 1 < format.Length ? value(format[++i]) : format[i].ToString());
        }

        return string.Concat(parts);
    }
}
