namespace XenMigrate;

/// <summary>What a call's common parameters say, or the preference variables where they say nothing. Only on the pipeline thread.</summary>
internal static class Preference
{
    public static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Whether -Confirm was given, as true or false.</summary>
    public static bool IsConfirmGiven(PSCmdlet cmdlet) => cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm");

    /// <summary>Whether ShouldProcess at medium impact has asked already, or was told that nothing is to be asked.</summary>
    public static bool HasConfirmed(PSCmdlet cmdlet) => IsConfirmGiven(cmdlet)
        || (LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference != ConfirmImpact.High);

    public static bool StopsAtErrors(PSCmdlet cmdlet) =>
        LanguagePrimitives.TryConvertTo(
            cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
                ? given
                : cmdlet.GetVariableValue("ErrorActionPreference"),
            out ActionPreference preference)
        && preference == ActionPreference.Stop;
}
