namespace System.IO.Hashing;

/// <summary>What another module's System.IO.Hashing has under a name that ours has too.</summary>
public sealed class XxHash3;
