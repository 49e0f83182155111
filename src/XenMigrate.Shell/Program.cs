using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;
using XenMigrate.Shell.Completion;
using XenMigrate.Shell.Hosting;
using XenMigrate.Shell.Running;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell;

/// <summary>A console PowerShell with XenMigrate in it.</summary>
internal static class Program
{
    private const int Failed = 1;
    private const int BadUsage = 64;
    private const int Interrupted = 130;

    private static int Main(string[] words)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        try
        {
            ShellArguments arguments = ShellArguments.Parse(words);
            return arguments.Task switch
            {
                ShellTask.Help => Say(Help()),
                ShellTask.Version => Say(Versions()),
                _ => Run(arguments),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return BadUsage;
        }
    }

    private static int Run(ShellArguments arguments)
    {
        using Screen screen = new(new SystemTerminal(), TimeProvider.System);
        CommandRunner? runner = null;
        ShellHost host = new(screen, () => runner?.Stop());
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, StartState.Create());
        // One thread for all: what a command leaves behind in its thread is there for the next.
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        runner = new CommandRunner(runspace, screen, host.UI, host.Status);

        void Interrupt(object? sender, ConsoleCancelEventArgs e)
        {
            // The command ends, and says how it left things; the shell does not.
            e.Cancel = true;
            runner.Stop();
        }

        Console.CancelKeyPress += Interrupt;
        try
        {
            int code = Run(arguments, runner, host, screen, new SessionCompleter(runspace));
            bool isPrompt = arguments.Task == ShellTask.Prompt && !screen.Terminal.IsInputRedirected;
            return host.ExitCode ?? (runner.WasStopped && !isPrompt ? Interrupted : code);
        }
        finally
        {
            Console.CancelKeyPress -= Interrupt;
        }
    }

    private static int Run(
        ShellArguments arguments, CommandRunner runner, ShellHost host, Screen screen, SessionCompleter completer)
    {
        switch (arguments.Task)
        {
            case ShellTask.Text:
                return runner.RunText(arguments.Target) ? 0 : Failed;
            case ShellTask.Script when File.Exists(arguments.Target):
                return runner.RunScript(Path.GetFullPath(arguments.Target), arguments.Rest) ? 0 : Failed;
            case ShellTask.Script:
                throw new ArgumentException($"There is no script {arguments.Target}.");
            case ShellTask.Prompt when screen.Terminal.IsInputRedirected:
                InputLoop input = new(runner, host, screen.Terminal);
                input.Run();
                return input.Succeeded ? 0 : Failed;
            default:
                PromptLoop prompt = new(runner, host, screen, completer);
                host.NestedPrompt = prompt.RunNested;
                if (arguments.HasLogo)
                {
                    screen.WriteLine($"{Versions()}{System.Environment.NewLine}Get-Command -Module XenMigrate lists the cmdlets. exit or Ctrl+D ends.");
                }

                prompt.Run();
                return 0;
        }
    }

    private static int Say(string text)
    {
        Console.Out.WriteLine(text);
        return 0;
    }

    private static string Help()
    {
        using StreamReader help = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Help.txt")!);
        return help.ReadToEnd().TrimEnd();
    }

    private static string Versions() =>
        $"XenMigrate {Version(typeof(Program))} on PowerShell {Version(typeof(PSObject))} and .NET {System.Environment.Version}";

    // What follows a plus is the commit.
    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0];
}
