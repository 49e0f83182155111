using System.Runtime.Loader;
using System.Xml.Linq;

namespace XenMigrate.Help;

/// <summary>
/// Makes the help file of a module: the prose from one Markdown file for each cmdlet, all else from the built assembly.
/// Arguments: the assembly, the folder of the Markdown files, the file to write, and the assembly's references.
/// Or hides what the compiler made public in assemblies. Arguments: --hide, and the assemblies.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments[0] == "--hide")
        {
            Array.ForEach(arguments[1..], path => CompilerNames.HideIn(path));
            return 0;
        }

        (string assembly, string folder, string output, string[] references) =
            (arguments[0], arguments[1], arguments[2], arguments[3..]);

        try
        {
            XDocument help = Maml.Of(Cmdlets(assembly, references).Select(cmdlet => (cmdlet, CmdletPage.Read(folder, cmdlet.Name))));
            help.Save(output);
            return 0;
        }
        catch (HelpException e)
        {
            // As MSBuild reads it, so that the error has its file and line.
            Console.Error.WriteLine($"{e.File}({e.Line}): error HELP: {e.Message}");
            return 1;
        }
    }

    private static IEnumerable<CmdletShape> Cmdlets(string assembly, string[] references)
    {
        Dictionary<string, string> byName = references.ToDictionary(path => Path.GetFileNameWithoutExtension(path), Path.GetFullPath);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            byName.TryGetValue(name.Name!, out string? path) ? context.LoadFromAssemblyPath(path) : null;

        Assembly loaded = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assembly));
        return CmdletShape.AllOf(loaded);
    }
}
