namespace XenMigrate.Tests.Mock;

/// <summary>A fact about the compiled helper.</summary>
internal sealed class HelperFactAttribute : FactAttribute
{
    public HelperFactAttribute() => Skip = Helper.Missing;
}

/// <summary>The same for a theory.</summary>
internal sealed class HelperTheoryAttribute : TheoryAttribute
{
    public HelperTheoryAttribute() => Skip = Helper.Missing;
}

internal static class Helper
{
    private const string Remedy = "packages gcc, libc6-dev and zlib1g-dev, then build again";

    /// <summary>Why nothing can be tested of it here: it is compiled, and so is the Xen that it finds round it.</summary>
    public static string? Missing { get; } = Needs.Program("gcc", Remedy) ?? Needs.File(MockXen.Program, Remedy);
}
