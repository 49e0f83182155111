namespace XenMigrate.Embedded.Dom0;

/// <summary>xend could not do it; the message is what xm prints behind "Error: ".</summary>
internal sealed class XendException(string message) : Exception(message);
