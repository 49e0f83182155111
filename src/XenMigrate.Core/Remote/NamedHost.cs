namespace XenMigrate.Remote;

/// <summary>A host by its name, and by its identity as far as that is known.</summary>
internal sealed record NamedHost(string Name, HostIdentity Identity)
{
    /// <summary>A host that nothing but its name is known of.</summary>
    public static implicit operator NamedHost(string name) => new(name, HostIdentity.Unknown);

    /// <summary>Whether it is one machine: by its identity where that tells, else by its name.</summary>
    public bool Is(NamedHost other) => Identity.IsSame(other.Identity) ?? IsCalled(other.Name);

    /// <summary>Whether it is another machine of the same name.</summary>
    public bool IsNamesake(NamedHost other) => IsCalled(other.Name) && !Is(other);

    public bool IsCalled(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;
}
