namespace XenMigrate.Embedded.Guests;

/// <summary>Nanoseconds of a clock that never jumps; one for all guests of a machine, as its processor's counter is.</summary>
internal static class GuestClock
{
    public static long Nanoseconds => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
