using System;

namespace XenMigrate.Embedded.PreCopy;

/// <summary>The host does not take the guest; the message says why, and the source passes it on.</summary>
internal sealed class GuestRefusedException(string message) : Exception(message);

/// <summary>What came over the wire can't be what a source sends.</summary>
internal sealed class MalformedStreamException(string message) : Exception(message);
