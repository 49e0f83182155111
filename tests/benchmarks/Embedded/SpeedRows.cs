namespace XenMigrate.Benchmarks;

/// <summary>How fast 1 GiB moves, against a plain transfer of the same bytes in the same run.</summary>
internal sealed class SpeedRows(ReceiverProcess receiver) : IDisposable
{
    private const int Pages = 1 << 18;
    private const int Pairs = 9;

    private readonly SourceGuest _guest = new(Pages, receiver.Relocation);

    public IEnumerable<Figure> Run()
    {
        _guest.Fill(_ => true);
        List<double> idlePauses = [];
        yield return Row("one connection, static 1 GiB", 0.90, "a plain transfer", () =>
        {
            (RelocationResult result, double seconds) = Move(1);
            idlePauses.Add(result.Pause!.Value.TotalMilliseconds);
            return seconds;
        }, Plain);
        yield return Measured.Value("pause of an idle guest, 300 allowed", "ms", null, 10, idlePauses.Skip(1));
        yield return Row("two connections against one", 1.2, "one connection", () => Move(2).Seconds, () => Move(1).Seconds);
        yield return Row(
            "every second page dirty", 0.7, "a plain transfer", () => _guest.SendRound(pfn => pfn % 2 == 1).Seconds, () => PlainTransfer.Send(receiver.Plain, _guest.Memory, Pages / 2));
        yield return QemuRow.Run(() => Move(1).Seconds);

        _guest.Fill(pfn => pfn % 10 == 9);
        yield return Row("90 % zero pages, logical rate", 1.5, "a plain transfer", () => Move(1).Seconds, Plain);

        _guest.Fill(_ => false);
        List<double> shares = [.. Enumerable.Range(0, 3).Select(_ => 100.0 * Move(1).Result.Bytes / _guest.Memory.Bytes)];
        yield return Measured.Count("all-zero guest, bytes on the wire", "% of its memory", null, 1, shares);

        yield return Row("a writer with dirty tracking against without", 1 / 1.3, "without", () => HotLoop.Tracked(_guest.Memory), () => HotLoop.Plain(_guest.Memory));
    }

    public void Dispose() => _guest.Dispose();

    /// <summary>In turn, and the first pair does not count: it compiles the code.</summary>
    private static Figure Row(string name, double atLeast, string baseline, Func<double> ours, Func<double> theirs) => Measured.Speed(
        name, atLeast, baseline, [.. Enumerable.Range(0, Pairs + 1).Select(_ => (ours(), theirs())).ToArray().Skip(1)]);

    private (RelocationResult Result, double Seconds) Move(int connections) =>
        _guest.Move(GuestWorkload.Idle, new PreCopyOptions { Connections = connections });

    private double Plain() => PlainTransfer.Send(receiver.Plain, _guest.Memory, Pages);
}
