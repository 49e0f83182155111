namespace XenMigrate.Reports;

/// <summary>A scale from bottom to top, with the values that get a line.</summary>
internal sealed class Axis
{
    private static readonly int[] s_steps = [1, 2, 5, 10];

    private readonly Func<double, double> _share;

    private Axis(double top, double bottom, Func<double, double> share, IReadOnlyList<(double Value, string Label)> ticks)
    {
        Top = top;
        Bottom = bottom;
        _share = share;
        Ticks = ticks;
    }

    public double Top { get; }

    public double Bottom { get; }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    public double Y(double value) => Bottom - ((Bottom - Top) * Math.Min(1, Math.Max(0, _share(value))));

    /// <summary>From nothing to at least the largest value, in a unit of bytes.</summary>
    public static Axis Bytes(double top, double bottom, IEnumerable<double> values, string suffix = "")
    {
        double largest = values.Append(1).Max();
        int unit = Figures.Unit(largest);
        double size = Figures.UnitSize(unit);
        double step = Step(largest / size / 3);
        int count = (int)Math.Ceiling(largest / size / step);
        return new Axis(
            top,
            bottom,
            value => value / (step * count * size),
            [
                .. Enumerable.Range(0, count + 1)
                    .Select(i => (i * step * size, $"{Figures.Digits(i * step)} {Figures.UnitName(unit)}{suffix}")),
            ]);
    }

    /// <summary>Powers of ten: a pause of 4 ms and one of 4 s are both to be read.</summary>
    public static Axis Times(double top, double bottom, IEnumerable<double> seconds)
    {
        double[] known = [.. seconds.Where(value => value > 0)];
        int low = known.Length == 0 ? -3 : (int)Math.Floor(Math.Log10(known.Min()) - 0.15);
        int high = known.Length == 0 ? 0 : (int)Math.Ceiling(Math.Log10(known.Max()) + 0.15);
        // Nanoseconds and years are no pauses; they would only crowd the picture.
        low = Math.Max(low, -6);
        high = Math.Max(low + 2, Math.Min(high, 6));
        return new Axis(
            top,
            bottom,
            value => value <= 0 ? 0 : (Math.Log10(value) - low) / (high - low),
            [
                .. Enumerable.Range(low, high - low + 1)
                    .Where(power => high - low <= 5 || (power - low) % 2 == 0)
                    .Select(power => (Math.Pow(10, power), Figures.Time(TimeSpan.FromTicks((long)Math.Round(Math.Pow(10, power + 7)))))),
            ]);
    }

    /// <summary>Its lines and labels, for a plot between two edges.</summary>
    public IEnumerable<XElement> Draw(double left, double right) => Ticks.SelectMany((tick, index) => new[]
    {
        Svg.Line(index == 0 ? "base" : "grid", left, Y(tick.Value), right, Y(tick.Value)),
        Svg.Text("tick", left - 8, Y(tick.Value) + 4, "end", tick.Label),
    });

    // 1, 2 or 5 times a power of ten, at least as large as wanted.
    private static double Step(double wanted)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return s_steps.Select(digit => digit * power).First(step => step >= wanted * 0.999);
    }
}
