namespace Sessions;

internal static class Clock
{
    /// <summary>Now in UTC, in whole milliseconds: what every table service stores, and what an index row's key can say exactly.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)).ToUniversalTime();
    }
}
