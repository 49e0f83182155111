namespace XenMigrate.Reports;

/// <summary>Shapes of a picture. Their colours come from the page's style, by class.</summary>
internal static class Svg
{
    public static XElement Group(params object?[] content) => Html.Element("g", content);

    /// <summary>What a pointer that rests on the group shows, without a script.</summary>
    public static XElement Tip(string text) => Html.Element("title", text);

    public static XElement Box(string names, double x, double y, double width, double height) => Html.Element(
        "rect", Html.Class(names), At("x", x), At("y", y), At("width", width), At("height", height));

    /// <summary>A bar that stands on a line, its upper corners rounded.</summary>
    public static XElement Bar(string names, double x, double top, double width, double bottom)
    {
        double radius = System.Math.Min(3, System.Math.Min(width / 2, bottom - top));
        string path = $"M{N(x)} {N(bottom)}V{N(top + radius)}Q{N(x)} {N(top)} {N(x + radius)} {N(top)}"
            + $"H{N(x + width - radius)}Q{N(x + width)} {N(top)} {N(x + width)} {N(top + radius)}V{N(bottom)}Z";
        return Html.Element("path", Html.Class(names), Html.Attribute("d", path));
    }

    public static XElement Line(string names, double x1, double y1, double x2, double y2) => Html.Element(
        "line", Html.Class(names), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    public static XElement Path(string names, params (double X, double Y)[] points) => Html.Element(
        "polyline",
        Html.Class(names),
        Html.Attribute("points", string.Join(" ", points.Select(point => $"{N(point.X)},{N(point.Y)}"))));

    public static XElement Dot(string names, double x, double y) => Html.Element(
        "circle", Html.Class(names), At("cx", x), At("cy", y), At("r", 4));

    public static XElement Diamond(string names, double x, double y) => Html.Element(
        "path", Html.Class(names), Html.Attribute("d", $"M{N(x)} {N(y - 7)}L{N(x + 7)} {N(y)}L{N(x)} {N(y + 7)}L{N(x - 7)} {N(y)}Z"));

    /// <param name="anchor">start, middle or end.</param>
    public static XElement Text(string names, double x, double y, string anchor, string text) => Html.Element(
        "text", Html.Class(names), At("x", x), At("y", y), Html.Attribute("text-anchor", anchor), text);

    private static XAttribute At(string name, double value) => new(name, N(value));

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
