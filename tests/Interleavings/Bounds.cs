namespace Interleavings;

/// <summary>How far schedules go.</summary>
/// <param name="Switches">How often another caller may come before one that could go on; null: any number.</param>
/// <param name="Faults">How many faults there may be.</param>
internal sealed record Bounds(int? Switches, int Faults);
