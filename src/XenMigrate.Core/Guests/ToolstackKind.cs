namespace XenMigrate;

/// <summary>Which tools manage a host's guests.</summary>
public enum ToolstackKind
{
    /// <summary>xl, Xen's own since 4.1.</summary>
    Xl,

    /// <summary>libvirt with its Xen driver.</summary>
    Libvirt,

    /// <summary>xend and xm, up to Xen 4.4.</summary>
    Xend,
}

internal static class ToolstackKinds
{
    /// <summary>The command that a user would type on such a host.</summary>
    public static string Tool(this ToolstackKind kind) => kind switch
    {
        ToolstackKind.Xend => "xm",
        ToolstackKind.Libvirt => "virsh",
        _ => "xl",
    };

    /// <summary>The command line that shows all that such a host knows of a guest.</summary>
    public static string Describe(this ToolstackKind kind, int? id) =>
        kind == ToolstackKind.Libvirt ? $"virsh dumpxml {id}" : $"{kind.Tool()} list --long {id}";
}
