using System.Diagnostics.Metrics;

namespace Sessions.Rows;

/// <summary>Counts stored payloads that weren't read: where it rises, a key is missing or somebody writes to the table.</summary>
internal static class RefusedPayloads
{
    public const string MeterName = "SessionFunctions";
    public const string CounterName = "sessions.payloads.refused";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Counter =
        Meter.CreateCounter<long>(CounterName, unit: "{payload}", description: "Stored payloads that were refused when read");

    public static void Count(string column) => Counter.Add(1, new KeyValuePair<string, object?>("column", column));
}
