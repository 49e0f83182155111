namespace XenMigrate.Lab.Tests;

/// <summary>A test on the two Xen hosts; skipped, with the reason, where they don't run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute() => Skip = Lab.ReasonToSkip;
}

/// <summary>One that takes minutes, and runs when it is asked for: XENMIGRATE_LAB_LONG=1.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongLabFactAttribute : FactAttribute
{
    public LongLabFactAttribute() => Skip = Lab.ReasonToSkipLong;
}

/// <summary>The same for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongLabTheoryAttribute : TheoryAttribute
{
    public LongLabTheoryAttribute() => Skip = Lab.ReasonToSkipLong;
}

/// <summary>The same for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute() => Skip = Lab.ReasonToSkip;
}

/// <summary>A test with PVH or HVM guests, for which the hosts' processors must have SVM.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HvmFactAttribute : FactAttribute
{
    public HvmFactAttribute() => Skip = Lab.ReasonToSkipHvm;
}

/// <summary>One that takes minutes.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongHvmFactAttribute : FactAttribute
{
    public LongHvmFactAttribute() => Skip = Lab.ReasonToSkipLongHvm;
}

/// <summary>The same for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongHvmTheoryAttribute : TheoryAttribute
{
    public LongHvmTheoryAttribute() => Skip = Lab.ReasonToSkipLongHvm;
}
