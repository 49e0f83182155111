using System.Diagnostics;

// Arguments: how many seeds and the first one, or "only" and the seeds with commas between; and "trace" to have told what
// happened in each.
SingleThread.Require();
int[] seeds = args[0] == "only"
    ? [.. args[1].Split(',').Select(Number)]
    : [.. Enumerable.Range(Number(args[1]), Number(args[0]))];
bool traces = args.Contains("trace");
return await Task.Run(RunAsync);

async Task<int> RunAsync()
{
    Stopwatch clock = Stopwatch.StartNew();
    int wrong = 0;
    foreach (int seed in seeds)
    {
        SimulationRun run = new(seed, traces);
        IReadOnlyList<string> problems;
        try
        {
            problems = await run.RunAsync();
        }
        catch (Exception e)
        {
            problems = [e.ToString()];
        }

        wrong += problems.Count == 0 ? 0 : 1;
        if (traces)
        {
            Console.WriteLine($"seed {seed}\n{string.Join('\n', run.Trace)}");
        }

        foreach (string problem in problems)
        {
            Console.WriteLine($"seed {seed} WRONG: {problem}");
        }
    }

    World.ClearAll();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds.Length} seeds from {seeds[0]}, {clock.Elapsed.TotalSeconds:0.0} s, {wrong} wrong"));
    return wrong == 0 ? 0 : 1;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
