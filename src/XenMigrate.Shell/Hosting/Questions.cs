using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using XenMigrate.Shell.Editing;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Hosting;

/// <summary>Asks the person at the keyboard, or reads the answers from a file.</summary>
internal sealed class Questions(Screen screen, Action stop)
{
    private ITerminal Terminal => screen.Terminal;

    public void Introduce(string caption, string message)
    {
        foreach (string text in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(text))
            {
                Say(text == caption ? Bold(text) : text);
            }
        }
    }

    public void Say(string line) => screen.WriteLine(line);

    public string Bold(string text) => Terminal.HasColours ? $"\e[1m{text}\e[0m" : text;

    /// <exception cref="HostException">There is nobody to ask.</exception>
    /// <exception cref="PipelineStoppedException">The person pressed Ctrl+C.</exception>
    public string Line(string prompt)
    {
        using IDisposable asking = screen.Ask();
        if (!Terminal.IsInputRedirected && Terminal.IsScreen)
        {
            EditedLine line = new LineEditor(Terminal).Read(prompt);
            return line.End == LineEnd.Accepted ? line.Text : throw Stopped();
        }

        Terminal.Write(prompt);
        string answer = Terminal.ReadLine() ?? throw Nobody();
        if (Terminal.IsInputRedirected)
        {
            Terminal.Write(System.Environment.NewLine);
        }

        return answer;
    }

    /// <summary>Shows a star for each character.</summary>
    /// <exception cref="HostException">There is nobody to ask.</exception>
    /// <exception cref="PipelineStoppedException">The person pressed Ctrl+C.</exception>
    public SecureString Secret(string prompt)
    {
        if (Terminal.IsInputRedirected)
        {
            throw Nobody();
        }

        using IDisposable asking = screen.Ask();
        using IDisposable keys = Terminal.TakeKeys();
        Terminal.Write(prompt);
        SecureString secret = new();
        while (true)
        {
            ConsoleKeyInfo key = Terminal.ReadKey();
            switch (KeyBindings.ActionOf(key))
            {
                case EditAction.Accept:
                    Terminal.Write(System.Environment.NewLine);
                    secret.MakeReadOnly();
                    return secret;
                case EditAction.Cancel:
                    Terminal.Write("^C" + System.Environment.NewLine);
                    secret.Dispose();
                    throw Stopped();
                case EditAction.DeleteLeft when secret.Length > 0:
                    secret.RemoveAt(secret.Length - 1);
                    Terminal.Write("\b \b");
                    break;
                case EditAction.Insert:
                    secret.AppendChar(key.KeyChar);
                    Terminal.Write("*");
                    break;
                default:
                    break;
            }
        }
    }

    private PipelineStoppedException Stopped()
    {
        stop();
        return new PipelineStoppedException();
    }

    private static HostException Nobody() => new("Nobody sits at this shell to answer. Give what is asked for as a parameter.");
}
