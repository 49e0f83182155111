namespace Renci.SshNet;

/// <summary>What another module's SSH.NET has under a name that ours has too.</summary>
public sealed class SshClient;
