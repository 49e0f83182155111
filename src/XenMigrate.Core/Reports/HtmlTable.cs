namespace XenMigrate.Reports;

/// <summary>A table of the page: one header row, and rows whose first cell names them.</summary>
/// <param name="Caption">What a screen reader says of it.</param>
/// <param name="Columns">The header; one that begins with '#' stands over figures.</param>
internal sealed record HtmlTable(string Caption, params string[] Columns)
{
    private const char Figure = '#';

    /// <summary>Wide tables scroll, by keyboard too: that is what the region and its tab stop are for.</summary>
    public XElement Build(IEnumerable<object?[]> rows) => Html.Element(
        "div",
        Html.Class("scroll"),
        Html.Attribute("role", "region"),
        Html.Attribute("aria-label", Caption),
        Html.Attribute("tabindex", "0"),
        Html.Element(
            "table",
            Html.Element("caption", Html.Class("hidden"), Caption),
            Html.Element("thead", Html.Element("tr", Columns.Select(Header))),
            Html.Element("tbody", rows.Select(row => Html.Element("tr", row.Select(Cell))))));

    private static XElement Header(string column) => Html.Element(
        "th",
        Html.Attribute("scope", "col"),
        column[0] == Figure ? Html.Class("figure") : null,
        column.TrimStart(Figure));

    private XElement Cell(object? content, int index) => Html.Element(
        index == 0 ? "th" : "td",
        index == 0 ? Html.Attribute("scope", "row") : null,
        Columns[index][0] == Figure ? Html.Class("figure") : null,
        content);
}
