using Check = XenMigrate.Checks.Check;

namespace XenMigrate.Tests;

/// <summary>What a check says, in the words of the corpus: its status, and what a failure is called.</summary>
internal static class Judgement
{
    public static string Of(string id, PairFacts pair, Guest? guest = null)
    {
        XenMigrate.Checks.Check check = AllChecks.InOrder.Single(check => check.Id == id);
        Moving moving = new(Live: true);
        Finding finding = check is GuestCheck ofGuest
            ? ofGuest.Evaluate(pair, guest ?? Facts.Guest, moving)
            : ((HostCheck)check).Evaluate(pair, moving);
        return finding.Status == CheckStatus.Failed ? $"Failed {finding.ErrorId ?? check.ErrorId}" : finding.Status.ToString();
    }
}
