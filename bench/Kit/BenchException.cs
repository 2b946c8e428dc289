namespace BenchKit;

/// <summary>The bench can't go on; the message says what to do.</summary>
public sealed class BenchException(string message) : Exception(message);
