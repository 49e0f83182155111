namespace XenMigrate.Checks;

/// <summary>A paused guest can't answer the request to suspend: xl would wait a minute and fail.</summary>
internal sealed class GuestRunningCheck()
    : GuestCheck("XM-GST-01", "The guest runs and is not paused", CheckCategory.Guest, "GuestNotRunning")
{
    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving) => pair.Source.Guests.Value is null
        // What the guest did when it was listed is no answer.
        ? Unknown(pair.Source.Guests)
        : Examine(pair, guest);

    private static Finding Examine(PairFacts pair, Guest guest) => guest.State.IsAlive()
        ? Passed($"{guest.Name} is {guest.State} on {pair.Source.Host}.", pair.Source.Guests.Evidence)
        : new Finding(CheckStatus.Failed, $"{guest.Name} on {pair.Source.Host} is {guest.State}.")
        {
            Expected = "Running or Blocked",
            Actual = guest.State.ToString(),
            Remediation = guest.State == GuestState.Paused
                ? $"Resume-Guest {PowerShellText.Quote(guest.Name)} -ComputerName {pair.Source.Host}"
                : $"Start or repair the guest on {pair.Source.Host} first.",
            Evidence = pair.Source.Guests.Evidence,
        };
}
