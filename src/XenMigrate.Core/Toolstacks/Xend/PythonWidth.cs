namespace XenMigrate.Toolstacks.Xend;

/// <summary>How many characters, or times, at least and at most.</summary>
internal readonly record struct PythonWidth(long Least, long Most)
{
    public const int NoLimit = int.MaxValue;

    public static PythonWidth One { get; } = new(1, 1);

    public static PythonWidth None { get; } = new(0, 0);

    public static PythonWidth Any { get; } = new(0, NoLimit);

    public PythonWidth And(PythonWidth other) => new(Math.Min(Least + other.Least, NoLimit), Math.Min(Most + other.Most, NoLimit));

    public PythonWidth Or(PythonWidth other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));

    public PythonWidth Times(PythonWidth times) => new(Math.Min(Least * times.Least, NoLimit), Math.Min(Most * times.Most, NoLimit));
}
