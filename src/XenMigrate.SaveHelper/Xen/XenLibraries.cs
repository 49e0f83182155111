namespace XenMigrate.SaveHelper.Xen;

/// <summary>Xen's own libraries of the hypervisor's version.</summary>
internal sealed unsafe class XenLibraries
{
    private readonly nint _control;
    private readonly nint _guest;

    private XenLibraries(nint control, nint guest)
    {
        _control = control;
        _guest = guest;
    }

    /// <summary>Loads them; null, and why, if there are none that this program can use.</summary>
    public static XenLibraries? TryLoad(XenVersion? xen, out string why)
    {
        if (xen is not { IsKnown: true })
        {
            why = xen is null ? "no Xen runs here" : $"Xen {xen} is not known to it";
            return null;
        }

        why = "";
        nint guest = 0;
        bool loaded = Load("libxenctrl", xen, out nint control, ref why) && Load("libxenguest", xen, out guest, ref why);
        return loaded && Has(guest, "xc_domain_save", ref why) && Has(control, "xc_interface_open", ref why)
            ? new XenLibraries(control, guest) : null;
    }

    public void* Open(ToolLogger* logger) =>
        ((delegate* unmanaged<ToolLogger*, ToolLogger*, uint, void*>)Control("xc_interface_open"))(logger, logger, 0);

    public void Close(void* xen) => _ = ((delegate* unmanaged<void*, int>)Control("xc_interface_close"))(xen);

    /// <summary>Sends a domain's memory and state; 0, or -1 and an error.</summary>
    public int Save(void* xen, int stream, uint domain, uint flags, SaveCallbackTable* callbacks, uint streamType, int back, out int error)
    {
        int result = ((delegate* unmanaged<void*, int, uint, uint, SaveCallbackTable*, uint, int, int>)NativeLibrary.GetExport(_guest, "xc_domain_save"))(
            xen, stream, domain, flags, callbacks, streamType, back);
        error = result == 0 ? 0 : Marshal.GetLastSystemError();
        return result;
    }

    /// <summary>
    /// Switches log-dirty mode off. Up to 4.15 the function has eight parameters, from 4.16 on five; with nothing but zeros
    /// behind the third, which nobody reads for this, one call is both.
    /// </summary>
    public bool SwitchLogDirtyOff(void* xen, uint domain)
    {
        const uint Off = 0;
        return ((delegate* unmanaged<void*, uint, uint, void*, nuint, void*, uint, void*, int>)Control("xc_shadow_control"))(
            xen, domain, Off, null, 0, null, 0, null) == 0;
    }

    /// <summary>Switches log-dirty mode on; not if it is on already.</summary>
    public bool SwitchLogDirtyOn(void* xen, uint domain)
    {
        const uint On = 2;
        return ((delegate* unmanaged<void*, uint, uint, void*, nuint, void*, uint, void*, int>)Control("xc_shadow_control"))(
            xen, domain, On, null, 0, null, 0, null) == 0;
    }

    /// <summary>
    /// The pages written since log-dirty mode was switched on; null if Xen does not tell. Without a bitmap to fill, it is only looked
    /// at. From 4.16 on the function has a name of its own.
    /// </summary>
    public long? DirtyPages(void* xen, uint domain)
    {
        const uint Peek = 12;
        LogDirtyFigures figures;
        bool told = NativeLibrary.TryGetExport(_control, "xc_logdirty_control", out nint own)
            ? ((delegate* unmanaged<void*, uint, uint, void*, nuint, uint, void*, long>)own)(xen, domain, Peek, null, 0, 0, &figures) >= 0
            : ((delegate* unmanaged<void*, uint, uint, void*, nuint, void*, uint, void*, int>)Control("xc_shadow_control"))(
                xen, domain, Peek, null, 0, null, 0, &figures) >= 0;
        return told ? figures.DirtyPages : null;
    }

    /// <summary>The pages that the domain has; null where the library does not tell. Its frames go up to 4 GiB, if it is not PV.</summary>
    public long? PopulatedPages(void* xen, uint domain) =>
        NativeLibrary.TryGetExport(_control, "xc_get_tot_pages", out nint ask)
        && ((delegate* unmanaged<void*, uint, long>)ask)(xen, domain) is > 0 and var pages ? pages : null;

    public bool GetShare(void* xen, uint domain, out Credit2Share share)
    {
        // More than the structure, should a version have grown it.
        byte* room = stackalloc byte[64];
        new Span<byte>(room, 64).Clear();
        int result = ((delegate* unmanaged<void*, uint, void*, int>)Control("xc_sched_credit2_domain_get"))(xen, domain, room);
        share = *(Credit2Share*)room;
        return result == 0;
    }

    public bool SetShare(void* xen, uint domain, Credit2Share share)
    {
        byte* room = stackalloc byte[64];
        new Span<byte>(room, 64).Clear();
        *(Credit2Share*)room = share;
        return ((delegate* unmanaged<void*, uint, void*, int>)Control("xc_sched_credit2_domain_set"))(xen, domain, room) == 0;
    }

    /// <summary>The processors that the domain has online, at least one.</summary>
    public int OnlineProcessors(void* xen, uint domain)
    {
        const int Online = 4;
        delegate* unmanaged<void*, uint, uint, void*, int> ask = (delegate* unmanaged<void*, uint, uint, void*, int>)Control("xc_vcpu_getinfo");
        byte* room = stackalloc byte[128];
        int online = 0;
        for (uint number = 0; ask(xen, domain, number, room) == 0; number++)
        {
            online += room[Online] != 0 ? 1 : 0;
        }

        return Math.Max(1, online);
    }

    private void* Control(string name) => (void*)NativeLibrary.GetExport(_control, name);

    private static bool Load(string name, XenVersion xen, out nint library, ref string why)
    {
        bool loaded = NativeLibrary.TryLoad($"{name}.so.{xen}", out library);
        why = loaded ? why : $"{name}.so.{xen} can't be loaded";
        return loaded;
    }

    private static bool Has(nint library, string name, ref string why)
    {
        bool has = NativeLibrary.TryGetExport(library, name, out _);
        why = has ? why : $"Xen's libraries have no {name}";
        return has;
    }
}
