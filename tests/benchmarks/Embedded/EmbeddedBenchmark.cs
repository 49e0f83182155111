namespace XenMigrate.Benchmarks;

/// <summary>The transfer of the embedded hosts: how fast it is, and how long guests stand still.</summary>
internal static class EmbeddedBenchmark
{
    public static IEnumerable<Figure> Run()
    {
        using ReceiverProcess receiver = new();
        receiver.Prefer();
        using (SpeedRows speed = new(receiver))
        {
            foreach (Figure figure in speed.Run())
            {
                yield return figure;
            }
        }

        using PauseRows pauses = new(receiver);
        foreach (Figure figure in pauses.Run())
        {
            yield return figure;
        }
    }
}
