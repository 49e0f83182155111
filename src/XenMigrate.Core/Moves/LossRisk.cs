namespace XenMigrate.Moves;

/// <summary>
/// What a guest may be lost of for good. xend destroys the guest at the source as soon as its memory is sent, and builds its
/// devices at the destination only then: if one can't be built, the guest is gone on both hosts. xl and libvirt do not.
/// </summary>
internal static class LossRisk
{
    // What xend finds missing only after the source's copy is gone.
    private static readonly string[] s_guards = ["XM-NET-01", "XM-STO-01", "XM-STO-02", "XM-STO-04", "XM-STO-07", "XM-MEM-01"];

    /// <summary>What the checks that a move leaves out would say of it, if they do not pass; null where nothing can be lost.</summary>
    public static string? Of(MigrationPlan plan)
    {
        if (plan.Guest.Toolstack != ToolstackKind.Xend)
        {
            return null;
        }

        Moving moving = new(plan.Mode == MigrationMode.Live) { Settings = plan.CheckSettings };
        CheckResult[] open = [.. CheckRunner.Examine(plan.Facts, plan.Guest, moving, CheckSelection.Everything)
            .Where(result => s_guards.Contains(result.Id) && IsLeftOut(plan, result.Id) && (result.Status is CheckStatus.Failed or CheckStatus.Unknown))];
        return open.Length == 0
            ? null
            : $"xend on {plan.Source} destroys {plan.Guest.Name} as soon as its memory is sent. If xend on {plan.Destination} then cannot build it, the guest is gone on both hosts. "
                + "Checks that are left out by -SkipCheck say: " + string.Join(" ", open.Select(result => $"[{result.Id}] {result.Message}"));
    }

    private static bool IsLeftOut(MigrationPlan plan, string id) => AllChecks.InOrder.Any(check => check.Id == id && plan.Selection.Skips(check));
}
