using System;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace XenMigrate.Shell.Essentials;

/// <summary>
/// PowerShell's engine holds all of Format-Table and Format-List but their names: those are in the Utility module, which
/// sets a field of the base class that others may not see. Without it, a table can't be asked for by columns.
/// </summary>
internal static class EngineFormatting
{
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    public static void Attach(FrontEndCommandBase command, string shape)
    {
        Assembly engine = typeof(PSObject).Assembly;
        Type shapes = engine.GetType(Namespace + "FormatShape", throwOnError: true)!;
        Type worker = engine.GetType(Namespace + "InnerFormatShapeCommand", throwOnError: true)!;
        FieldInfo field = typeof(FrontEndCommandBase)
            .GetField("implementation", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new MissingFieldException(nameof(FrontEndCommandBase), "implementation");

        object[] arguments = [Enum.Parse(shapes, shape)];
        field.SetValue(command, Activator.CreateInstance(
            worker, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, arguments, null));
    }
}
