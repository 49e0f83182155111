namespace XenMigrate.Help.Tests;

/// <summary>The pages of the working copy, and the cmdlets that they are about.</summary>
internal static class Pages
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "src/XenMigrate/help");

    public static CmdletShape[] Cmdlets { get; } = [.. CmdletShape.AllOf(typeof(MoveGuestCommand).Assembly)];

    public static CmdletPage Of(CmdletShape cmdlet) => CmdletPage.Read(Folder, cmdlet.Name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XenMigrate.psd1")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
