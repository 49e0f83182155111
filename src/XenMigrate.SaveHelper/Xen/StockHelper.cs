namespace XenMigrate.SaveHelper.Xen;

/// <summary>libxl's own helper, for all that is not ours.</summary>
internal static unsafe class StockHelper
{
    /// <summary>What a process ends with that could not become the stock helper.</summary>
    public const int NotThere = 127;

    /// <summary>Becomes the stock helper; returns only if it can't.</summary>
    public static int Become(string[] arguments, string? why)
    {
        string? path = Surroundings.StockHelper(Surroundings.Xen);
        if (why is not null)
        {
            Say(path is null ? $"{why}, and there is no libxl-save-helper" : $"{why}: handed over to {path}");
        }

        if (path is null)
        {
            return NotThere;
        }

        byte** words = NativeText.ListOf([path, .. arguments]);
        byte** environment = NativeText.Environment();
        SignalDispositions.Reset();
        _ = Libc.Execute(words[0], words, environment);
        Say($"{path} can't be run: error {Marshal.GetLastPInvokeError()}");
        return NotThere;
    }

    public static void Say(string text) =>
        _ = Descriptors.WriteAll(2, Encoding.UTF8.GetBytes($"xenmigrate-save-helper: {text}\n"));
}
