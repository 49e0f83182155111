namespace XenMigrate.Reports;

/// <summary>Where each round's column stands in the picture.</summary>
internal sealed class RoundColumns(RoundSeries series, double left, double right)
{
    public double Left { get; } = left;

    public double Right { get; } = right;

    public double Width { get; } = (right - left) / Math.Max(1, series.Rounds.Count);

    public IEnumerable<int> Indexes => Enumerable.Range(0, series.Rounds.Count);

    public double Start(int index) => Left + (index * Width);

    public double Center(int index) => Start(index) + (Width / 2);

    /// <summary>Whether there is room for a label of a width; of narrow columns, only some get one, and the last.</summary>
    public bool IsLabelled(int index, double width)
    {
        int last = series.Rounds.Count - 1;
        int every = Width >= width ? 1 : (int)Math.Ceiling(28 / Width);
        return index == last || (index % every == 0 && last - index >= every);
    }

    /// <summary>The points of a line over these rounds.</summary>
    public (double X, double Y)[] Points(IEnumerable<int> indexes, Func<int, double> y) =>
        [.. indexes.Select(index => (Center(index), y(index)))];
}
