namespace XenMigrate.SaveHelper.Save;

/// <summary>Saves a domain in libxl's helper's place, or leaves it to that helper where this one knows less than it.</summary>
internal static class SaveDomain
{
    // A sampling takes as long as it was told to, at most a minute.
    private static readonly TimeSpan s_longestSampling = TimeSpan.FromSeconds(65);

    /// <summary>Only returns where the save is this program's: libxl was told how it ended then, so that 0 is right.</summary>
    public static int Run(string[] words)
    {
        if (SaveArguments.Parse(words) is not { IsPlain: true } arguments)
        {
            return StockHelper.Become(words, "a stream that is not known to it");
        }

        SaveSettings settings;
        try
        {
            settings = SaveSettings.For(arguments.Domain);
        }
        catch (FormatException e)
        {
            return Refuse(e.Message);
        }

        // There are no rounds in a save that is not live; and whoever unframes waits for frames.
        if (!arguments.IsLive && !settings.IsFramed)
        {
            return StockHelper.Become(words, null);
        }

        if (XenLibraries.TryLoad(Surroundings.Xen, out string why) is not { } libraries)
        {
            return settings.IsFramed ? Refuse(why + ", and the other end waits for a framed stream") : StockHelper.Become(words, why);
        }

        SignalDispositions.IgnorePipes();
        Descriptors.KeepFromChildren(arguments.Stream);
        bool isHeld = false;
        using LogDirtyLock? held = arguments.IsLive ? LogDirtyLock.Take(arguments.Domain, s_longestSampling, out isHeld) : null;
        if (isHeld)
        {
            return Refuse("another live save of this domain is under way");
        }

        using AbortRequest abort = new();
        new SaveSession(arguments, settings, Surroundings.Xen!, libraries, abort).Run();
        return 0;
    }

    /// <summary>Says no in libxl's own words: a save under other conditions than were asked for would be wrong.</summary>
    private static int Refuse(string why)
    {
        LibxlChannel libxl = new(() => { });
        libxl.Log(LogLevel.Error, Errno.InvalidArgument, why);
        _ = libxl.Complete(-1, Errno.InvalidArgument);
        return 0;
    }
}
