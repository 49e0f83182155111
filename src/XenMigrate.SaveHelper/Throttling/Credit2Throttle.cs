namespace XenMigrate.SaveHelper.Throttling;

/// <summary>The cap of credit2, Xen's default scheduler. Under others nothing is done.</summary>
internal sealed unsafe class Credit2Throttle(XenLibraries libraries, void* xen, uint domain, GuardLeash guard, Action<string> log) : IThrottle
{
    private Credit2Share? _before;

    public bool Limit(int percent)
    {
        if (!libraries.GetShare(xen, domain, out Credit2Share now))
        {
            log("the guest can't be throttled: its scheduler is not credit2");
            return false;
        }

        Credit2Share share = _before ?? now;

        // The guard knows the old value before there is a new one.
        guard.TellShare(share);
        _before = share;
        int cap = Math.Max(1, libraries.OnlineProcessors(xen, domain) * percent);
        ushort lower = (ushort)Math.Min(share.Cap == 0 ? ushort.MaxValue : share.Cap, cap);
        bool limited = libraries.SetShare(xen, domain, share with { Cap = lower });
        log(limited
            ? string.Create(CultureInfo.InvariantCulture, $"the guest is throttled: {percent} % of its processors' time")
            : "the guest can't be throttled: Xen refused the cap");
        return limited;
    }

    public void Restore()
    {
        if (_before is { } share)
        {
            if (!libraries.SetShare(xen, domain, share))
            {
                log("the guest's cap could not be taken back");
            }

            _before = null;
            guard.ForgetShare();
        }
    }
}
