using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using XenMigrate.Embedded.Dom0;
using XenMigrate.Toolstacks;

namespace XenMigrate.Embedded.Commands;

/// <summary>The script that guards acts on guests, as a real host's shell would run it.</summary>
internal static class GuardProgram
{
    private const int ExpectationAt = 4;
    private const int ExpectationWords = 7;

    public static bool Is(Invocation call) => GuardedAct.Is(call.Words);

    public static async Task<int> RunAsync(Invocation call)
    {
        string[] expected = [.. call.Words.Skip(ExpectationAt).Take(ExpectationWords)];
        if (Mismatch(call, expected) is { } found)
        {
            return call.Fail("xenmigrate-found " + found, GuardedAct.Refused);
        }

        return await call.Host.Programs.RunAsync(
            call with { Words = [.. call.Words.Skip(ExpectationAt + ExpectationWords)] }).ConfigureAwait(false);
    }

    private static string? Mismatch(Invocation call, string[] expected)
    {
        if (expected is not [var boot, var id, var uuid, var name, var states, ..])
        {
            return "no expectation";
        }

        if (boot.Length > 0 && boot != call.Host.BootId.ToString())
        {
            return "the host was booted again";
        }

        if (id.Length == 0)
        {
            return null;
        }

        Domain? domain = call.Host.Hypervisor.Domains.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == id);
        return domain is null ? $"no guest with id {id}"
            : uuid.Length > 0 && uuid != domain.Guest.Uuid.ToString() ? $"another guest: {domain.Guest.Name}, uuid {domain.Guest.Uuid}"
            : name.Length > 0 && name != domain.Guest.Name ? $"its name is {domain.Guest.Name}"
            : !states.Split(' ').Contains(Word(domain), StringComparer.Ordinal) ? $"it is {Word(domain)}"
            : null;
    }

    private static string Word(Domain domain) => domain.IsSuspended ? "suspended"
        : domain.State.Length < 6 ? "running"
        : domain.State[5] == 'd' ? "dying"
        : domain.State[4] == 'c' ? "crashed"
        : domain.State[3] == 's' ? "shutdown"
        : domain.State[2] == 'p' ? "paused"
        : "running";
}
