namespace XenMigrate.Sessions;

/// <summary>A parameter that breaks something of an embedded host: what it does, in words, with {0} for its value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FaultAttribute(string words) : Attribute
{
    public string Words { get; } = words;

    /// <summary>What it does when its value is Off; a parameter without this is not to be turned on and off.</summary>
    public string? Off { get; set; }

    /// <summary>Whether it is done before all others.</summary>
    public bool IsFirst { get; set; }
}
