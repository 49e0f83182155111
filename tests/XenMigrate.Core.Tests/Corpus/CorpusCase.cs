namespace XenMigrate.Tests;

/// <summary>
/// What hosts said, and what is right to make of it: the files NAME.* of one folder of tests/Corpus. NAME.right has a
/// line "question: answer" for each thing that is to be told; every other file is an input, known by its second name.
/// </summary>
public sealed class CorpusCase
{
    private const string RightName = "right";

    private readonly IReadOnlyDictionary<string, string> _inputs;
    private readonly IReadOnlyList<(string Question, string Answer)> _right;

    private CorpusCase(string name, IEnumerable<string> files)
    {
        Dictionary<string, string> texts = files.ToDictionary(file => Path.GetFileName(file).Split('.')[1], File.ReadAllText);
        Name = name;
        _right = [.. (texts.GetValueOrDefault(RightName) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Right)];
        _inputs = texts.Where(text => text.Key != RightName).ToDictionary();
    }

    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public string Name { get; }

    /// <summary>The input of a case that has one.</summary>
    public string Input => Assert.Single(_inputs).Value;

    public static IEnumerable<CorpusCase> Of(string format) => Directory.GetFiles(Path.Combine(Root, format))
        .GroupBy(file => Path.GetFileName(file).Split('.')[0])
        .Select(files => new CorpusCase(files.Key, files));

    public string? InputOrNull(string name) => _inputs.GetValueOrDefault(name);

    public string InputOf(string name) =>
        InputOrNull(name) ?? throw new InvalidOperationException($"{Name} has no input {name}.");

    /// <summary>Asks each of the case's questions and compares all answers with the right ones.</summary>
    public void Answers(Func<string, string> answer)
    {
        Assert.NotEmpty(_right);
        Assert.Equal(
            Lines(_right),
            Lines(_right.Select(right => (right.Question, answer(right.Question)))));
    }

    public override string ToString() => Name;

    private static string Lines(IEnumerable<(string Question, string Answer)> told) =>
        string.Join('\n', told.Select(line => $"{line.Question}: {line.Answer}"));

    private static (string Question, string Answer) Right(string line) => line.Split(": ", 2) is [string question, string answer]
        ? (question, answer.Trim())
        : throw new FormatException($"It is no \"question: answer\": {line}");
}
