using System.Text.RegularExpressions;

namespace XenMigrate.Tests.Floors;

/// <summary>
/// Which file of a project uses types of which other, by the names of types in its text. What a file
/// uses without naming its type, as by a chain of members, is not seen.
/// </summary>
internal sealed partial class SourceArrows
{
    private static readonly HashSet<string> s_keywords =
    [
        "abstract", "and", "as", "async", "await", "case", "class", "const", "event", "explicit", "in", "init", "interface", "internal", "is", "new", "not",
        "operator", "or", "out", "override", "params", "private", "protected", "public", "readonly", "record", "ref", "required", "return", "sealed",
        "static", "struct", "switch", "this", "throw", "using", "virtual", "volatile", "where", "yield",
    ];

    private SourceArrows(IReadOnlyList<SourceFile> files, IReadOnlyList<(SourceFile From, SourceFile To, string Names)> arrows) =>
        (Files, Arrows) = (files, arrows);

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>One for each two files, with the names that the one uses of the other.</summary>
    public IReadOnlyList<(SourceFile From, SourceFile To, string Names)> Arrows { get; }

    public static SourceArrows Of(string project)
    {
        string folder = Path.Combine(Source.Folder, project);
        Dictionary<SourceFile, string> texts = Source.FilesOf(project)
            .Where(path => Path.GetFileName(path) != "GlobalUsings.cs")
            .ToDictionary(
                path => new SourceFile(Path.GetRelativePath(folder, Path.GetDirectoryName(path)!).Replace('\\', '/'), Path.GetFileNameWithoutExtension(path)),
                path => NoCode().Replace(File.ReadAllText(path), " "));

        // A name that stands twice could be either; FloorsTests lets no type have one.
        Dictionary<string, SourceFile> types = Homes(texts, TypeDeclaration());
        return new SourceArrows(
            [.. texts.Keys],
            [
                .. texts.SelectMany(text => Uses(text.Value, types)
                        .Where(use => use.Home != text.Key)
                        .Select(use => (From: text.Key, To: use.Home, use.Name)))
                    .GroupBy(use => (use.From, use.To))
                    .Select(uses => (uses.Key.From, uses.Key.To, string.Join(", ", uses.Select(use => use.Name).Distinct()))),
            ]);
    }

    /// <summary>Files of one folder each of which uses all others of its circle, if only by way of more of them.</summary>
    public IReadOnlyList<IReadOnlyList<SourceFile>> Circles()
    {
        ILookup<SourceFile, SourceFile> used = Arrows.Where(arrow => arrow.From.Folder == arrow.To.Folder).ToLookup(arrow => arrow.From, arrow => arrow.To);
        Dictionary<SourceFile, HashSet<SourceFile>> reached = Files.ToDictionary(file => file, file => Reach(file, used));
        return
        [
            .. Files.Select(file => reached[file].Where(other => reached[other].Contains(file)).OrderBy(other => other.Name).ToArray())
                .Where(circle => circle.Length > 1)
                .DistinctBy(circle => circle[0]),
        ];
    }

    private static HashSet<SourceFile> Reach(SourceFile from, ILookup<SourceFile, SourceFile> used)
    {
        HashSet<SourceFile> reached = [];
        Stack<SourceFile> open = new(used[from]);
        while (open.TryPop(out SourceFile? next))
        {
            if (reached.Add(next))
            {
                foreach (SourceFile further in used[next])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    private static Dictionary<string, SourceFile> Homes(Dictionary<SourceFile, string> texts, Regex declaration) => texts
        .SelectMany(text => declaration.Matches(text.Value).Select(match => (Name: match.Groups[1].Value, File: text.Key)))
        .GroupBy(home => home.Name)
        .Where(homes => homes.Select(home => home.File).Distinct().Count() == 1)
        .ToDictionary(homes => homes.Key, homes => homes.First().File);

    /// <summary>A name that another word than a keyword stands before is that of a member or parameter, and the word its type.</summary>
    private static IEnumerable<(string Name, SourceFile Home)> Uses(string text, Dictionary<string, SourceFile> homes) => TypeUse().Matches(text)
        .Where(match => homes.ContainsKey(match.Groups["name"].Value) && (!match.Groups["before"].Success || s_keywords.Contains(match.Groups["before"].Value)))
        .Select(match => (match.Groups["name"].Value, homes[match.Groups["name"].Value]));

    /// <summary>Strings, characters and comments.</summary>
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|@\"(?:[^\"]|\"\")*\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])'|//[^\\n]*|/\\*[\\s\\S]*?\\*/")]
    private static partial Regex NoCode();

    [GeneratedRegex(@"^(?:public|internal) (?:(?:sealed|abstract|static|readonly|partial|record|unsafe) )*(?:class |struct |enum |interface )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    /// <summary>A name that is neither a member of what stands before it, nor set or made by what follows, nor an argument's.</summary>
    [GeneratedRegex(@"(?<![.\w])(?:(?<before>[\w>?\]]+) )?(?<![.\w])(?<name>[A-Z]\w*)\b(?!\s*(?::(?!:)|=(?!=)|\{ (?:get|internal|private)))")]
    private static partial Regex TypeUse();
}
