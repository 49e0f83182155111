using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using XenMigrate.Shell.Essentials;

namespace XenMigrate.Shell.Running;

/// <summary>What a session begins with: the engine's commands, our few, and the way to the module.</summary>
internal static class StartState
{
    /// <summary>
    /// The module of this working copy, as the build staged it for publishing. A session loads it when the first of its
    /// commands is used, so that build.ps1 can build it anew from a shell that has not used it: Windows would not let
    /// a loaded file be overwritten.
    /// </summary>
    public static string ModuleFolder { get; } = Path.Combine(
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "out");

    public static InitialSessionState Create()
    {
        // The engine makes its own path of this one, for this process and its children.
        string? path = System.Environment.GetEnvironmentVariable("PSModulePath");
        System.Environment.SetEnvironmentVariable(
            "PSModulePath", string.IsNullOrEmpty(path) ? ModuleFolder : ModuleFolder + Path.PathSeparator + path);
        System.Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.Commands.Add(new SessionStateCmdletEntry("Format-Table", typeof(FormatTableCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Format-List", typeof(FormatListCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Select-Object", typeof(SelectObjectCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Sort-Object", typeof(SortObjectCommand), null));
        foreach (FunctionDefinitionAst function in Parse().FindAll(ast => ast is FunctionDefinitionAst, searchNestedScriptBlocks: false)
            .Cast<FunctionDefinitionAst>())
        {
            state.Commands.Remove(function.Name, typeof(SessionStateFunctionEntry));
            state.Commands.Add(new SessionStateFunctionEntry(function.Name, Body(function)));
        }

        return state;
    }

    private static ScriptBlockAst Parse()
    {
        using StreamReader script = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Essentials.ps1")!);
        return Parser.ParseInput(script.ReadToEnd(), out _, out ParseError[] errors) is { } ast && errors.Length == 0
            ? ast
            : throw new InvalidOperationException(errors[0].Message);
    }

    /// <summary>What is between the braces.</summary>
    private static string Body(FunctionDefinitionAst function) => function.Body.Extent.Text[1..^1];
}
