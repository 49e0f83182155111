namespace XenMigrate;

/// <summary>The way that a guest's memory goes from host to host while it runs.</summary>
public enum MigrationTransport
{
    /// <summary>The toolstack's own: ssh with xl, a port of the destination's with libvirt and xend.</summary>
    Auto,

    /// <summary>By ssh, encrypted; where the toolstack does not go that way, nothing is moved.</summary>
    Ssh,
}
