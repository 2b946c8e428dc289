using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SessionFunctions.Testing;

/// <summary>Every line that is logged, as it is written out.</summary>
public sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The lines since they were last taken.</summary>
    public IReadOnlyList<string> Take()
    {
        var lines = _lines.ToArray();
        _lines.Clear();
        return lines;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
