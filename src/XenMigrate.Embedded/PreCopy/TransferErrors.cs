namespace XenMigrate.Embedded.PreCopy;

/// <summary>The host does not take the guest; the message says why, and the source passes it on.</summary>
internal sealed class GuestRefusedException(string message) : Exception(message);

/// <summary>
/// A transfer can't go on: the link broke, or what came over it is not what an honest peer sends. The message says which.
/// </summary>
internal sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner);
