using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Hosting;

/// <summary>What PowerShell writes and asks.</summary>
/// <param name="screen">Where.</param>
/// <param name="stop">Stops the command that asks, because the person pressed Ctrl+C in place of an answer.</param>
internal sealed class ShellInterface(Screen screen, Action stop) : PSHostUserInterface
{
    private readonly Questions _questions = new(screen, stop);

    public override PSHostRawUserInterface RawUI { get; } = new RawInterface(screen);

    public override bool SupportsVirtualTerminal => screen.Terminal.HasColours;

    public override void Write(string value) => screen.Write(GetOutputString(value, SupportsVirtualTerminal));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        string colours = Colours.Foreground(foregroundColor);
        // A background that nobody asked for is the terminal's own, which may be transparent.
        if (backgroundColor != RawUI.BackgroundColor)
        {
            colours += Colours.Background(backgroundColor);
        }

        Write(SupportsVirtualTerminal && value.Length > 0 ? $"{colours}{value}\e[0m" : value);
    }

    public override void WriteLine(string value) => screen.WriteLine(GetOutputString(value, SupportsVirtualTerminal));

    public override void WriteErrorLine(string value) => screen.WriteErrorLine(ForErrors(value));

    public override void WriteWarningLine(string message) =>
        screen.WriteErrorLine(ForErrors($"{PSStyle.Instance.Formatting.Warning}WARNING: {message}{PSStyle.Instance.Reset}"));

    public override void WriteVerboseLine(string message) =>
        screen.WriteErrorLine(ForErrors($"{PSStyle.Instance.Formatting.Verbose}VERBOSE: {message}{PSStyle.Instance.Reset}"));

    public override void WriteDebugLine(string message) =>
        screen.WriteErrorLine(ForErrors($"{PSStyle.Instance.Formatting.Debug}DEBUG: {message}{PSStyle.Instance.Reset}"));

    public override void WriteProgress(long sourceId, ProgressRecord record) => screen.Report(sourceId, record);

    public override string ReadLine() => _questions.Line("");

    public override SecureString ReadLineAsSecureString() => _questions.Secret("");

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        new FieldPrompt(_questions).Ask(caption, message, descriptions);

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        new ChoicePrompt(_questions).Ask(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        _questions.Introduce(caption, message);
        string user = string.IsNullOrEmpty(userName) ? _questions.Line("User: ") : userName;
        return new PSCredential(user, _questions.Secret($"Password for {user}: "));
    }

    private string ForErrors(string value) =>
        GetOutputString(value, SupportsVirtualTerminal && !screen.Terminal.IsErrorRedirected);
}
