using System.Management.Automation.Language;

namespace XenMigrate.Lab.Tests;

/// <summary>Names that a shell would read as something else.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HostileNameTests
{
    [LabFact]
    public void A_guest_with_such_a_name_is_moved_and_its_name_never_executed()
    {
        const string Name = "-a b'c\"d$(touch ${HOME}pwned)`touch pwned`;&|";
        using ModuleSession module = new();
        string quoted = "'" + Name.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        _ = Lab.Run(Lab.Host08, $"lab-guest {quoted} 10.77.0.120 96 > /root/hostile.cfg && xl create -q /root/hostile.cfg");

        Outcome move = module.Run(
            $"Move-Guest '{CodeGeneration.EscapeSingleQuotedStringContent(WildcardPattern.Escape(Name))}' -ComputerName et-virt08 -Destination et-virt07 -Live");

        Assert.Empty(move.Errors);
        Assert.Equal([Lab.Host07], Lab.WhereRunning(Name));
        foreach (string host in new[] { Lab.Host07, Lab.Host08 })
        {
            Assert.DoesNotContain("pwned", Lab.Run(host, "ls -A / /root /tmp"), StringComparison.Ordinal);
        }
    }

    [LongLabFact]
    public void A_name_that_Xen_takes_and_a_file_name_does_not_is_refused_or_moved_but_not_executed()
    {
        using ModuleSession module = new();
        // xl can't open the log that has this name, ends with 3, and leaves the guest running.
        _ = Lab.Run(
            Lab.Host08,
            "lab-guest '$(touch /tmp/x)' 10.77.0.121 96 > /root/hostile.cfg; xl create -q /root/hostile.cfg >/dev/null 2>&1 || true");

        _ = module.Run("Get-Guest -ComputerName et-virt08 | Where-Object Name -like '*touch*' | Move-Guest -Destination et-virt07 -Live");

        foreach (string host in new[] { Lab.Host07, Lab.Host08 })
        {
            Assert.Equal("absent", Lab.Run(host, "test -e /tmp/x && echo there || echo absent").Trim());
        }

        Assert.True(Lab.WhereRunning("$(touch /tmp/x)").Length <= 1);
    }
}
