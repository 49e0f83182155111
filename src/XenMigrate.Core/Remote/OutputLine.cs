namespace XenMigrate;

/// <summary>One line that a running command wrote, without its end.</summary>
/// <param name="IsError">Whether it came on standard error.</param>
/// <param name="Text">The line; a carriage return ends a line too (xl's progress).</param>
public sealed record OutputLine(bool IsError, string Text);
