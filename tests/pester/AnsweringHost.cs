using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

/// <summary>A PowerShell host that answers questions by a choice's letter, and remembers what it was asked and told.</summary>
public sealed class AnsweringHost : PSHost
{
    private readonly Screen _screen;

    public AnsweringHost(string[] answers) => _screen = new Screen(answers);

    public string Text => _screen.Text.ToString();

    public List<string> Asked => _screen.Asked;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Answering";

    public override PSHostUserInterface UI => _screen;

    public override Version Version => new Version(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }

    private sealed class Screen : PSHostUserInterface
    {
        private readonly Queue<string> _answers;

        public Screen(string[] answers) => _answers = new Queue<string>(answers);

        public StringBuilder Text { get; } = new StringBuilder();

        public List<string> Asked { get; } = new List<string>();

        public override PSHostRawUserInterface RawUI => null;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Asked.Add(message);
            string answer = _answers.Dequeue();
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Contains("&" + answer))
                {
                    return i;
                }
            }

            throw new ArgumentException(answer + " is no choice of: " + message);
        }

        public override void Write(string value) => Text.Append(value);

        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) => Text.Append(value);

        public override void WriteLine(string value) => Text.Append(value).Append('\n');

        public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

        public override void WriteErrorLine(string value) => WriteLine("ERROR: " + value);

        public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

        public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        // What PowerShell takes for a host without fields to fill in.
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> fields) =>
            throw new NotImplementedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string target) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string target, PSCredentialTypes types, PSCredentialUIOptions options) =>
            throw new NotSupportedException();
    }
}
