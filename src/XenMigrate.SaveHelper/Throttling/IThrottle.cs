namespace XenMigrate.SaveHelper.Throttling;

/// <summary>What slows a guest down, for a while.</summary>
internal interface IThrottle
{
    /// <summary>Leaves the guest so many percent of its processors' time; false if it can't.</summary>
    bool Limit(int percent);

    /// <summary>Gives it back what it had, if it was limited.</summary>
    void Restore();
}
