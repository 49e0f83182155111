using System.Diagnostics;
using XenMigrate.Simulation;
using XenMigrate.Simulation.Time;

// Arguments: how many seeds, the first one, and "trace" to have told what happened in each.
SingleThread.Require();
int count = int.Parse(args[0], CultureInfo.InvariantCulture);
int first = int.Parse(args[1], CultureInfo.InvariantCulture);
bool traces = args.Contains("trace");
return await Task.Run(RunAsync);

async Task<int> RunAsync()
{
    Stopwatch clock = Stopwatch.StartNew();
    int wrong = 0;
    for (int seed = first; seed < first + count; seed++)
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
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} seeds from {first}, {clock.Elapsed.TotalSeconds:0.0} s, {wrong} wrong"));
    return wrong == 0 ? 0 : 1;
}
