namespace XenMigrate.Tests.Floors;

/// <summary>A file of source, by its folder within the project; / between folders.</summary>
internal sealed record SourceFile(string Folder, string Name)
{
    public override string ToString() => $"{Folder}/{Name}";
}
