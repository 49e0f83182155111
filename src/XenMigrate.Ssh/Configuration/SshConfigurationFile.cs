namespace XenMigrate.Ssh;

/// <summary>One ssh configuration file.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Folder">Where its Include lines start from.</param>
/// <param name="Directives">Its lines.</param>
internal sealed record SshConfigurationFile(string Path, string Folder, IReadOnlyList<SshDirective> Directives);
