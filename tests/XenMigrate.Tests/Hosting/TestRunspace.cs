using System.Management.Automation.Runspaces;
using System.Reflection;

namespace XenMigrate.Tests.Hosting;

/// <summary>A runspace that holds our cmdlets, and those of the tests, and nothing else of the module.</summary>
internal sealed class TestRunspace : IDisposable
{
    // Scripts can't write to what cmdlets give them; tests have to make such things all the same.
    private const string Made = """
        param([type] $Type, [hashtable] $Properties)
        $made = [Activator]::CreateInstance($Type)
        foreach ($name in $Properties.Keys) {
            $property = $Type.GetProperty($name)
            $property.SetValue($made, ($Properties[$name] -as $property.PropertyType))
        }

        $made
        """;

    public TestRunspace(IHostConnector? network = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (Type type in Types(typeof(AsyncCmdlet)).Concat(Types(typeof(TestRunspace))))
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
            }
        }

        state.Commands.Add(new SessionStateFunctionEntry(nameof(Made), Made));
        Runspace = RunspaceFactory.CreateRunspace(state);
        Runspace.Open();
        Sessions.ConnectorOverride = () => network ?? new FakeNetwork();
    }

    public Runspace Runspace { get; }

    public HostSessions Sessions => RunspaceSessions.For(Runspace);

    public PowerShell Shell()
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        return shell;
    }

    /// <summary>Runs a script and keeps all that it wrote.</summary>
    public Written Run(string script)
    {
        using PowerShell shell = Shell().AddScript(script);
        List<object> output = [.. shell.Invoke().Select(item => item?.BaseObject!)];
        return new Written(
            output, [.. shell.Streams.Error], [.. shell.Streams.Verbose.Select(record => record.Message)])
        {
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
        };
    }

    public void Dispose() => Runspace.Dispose();

    private static Type[] Types(Type neighbour) => neighbour.Assembly.GetExportedTypes();
}

/// <summary>What a script wrote.</summary>
internal sealed record Written(
    IReadOnlyList<object> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Verbose)
{
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The error ids without the cmdlet's name.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>The outputs as text.</summary>
    public IEnumerable<string> Texts => Output.Select(item => item.ToString()!);
}
