using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>Every line that is logged, as a sink gets it: the text, each value in it, and the exception.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            log._lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), $"{values} {exception}"));
        }
    }
}

/// <param name="Text">What a person reads.</param>
/// <param name="Rest">What else a sink may keep of it.</param>
public sealed record LogLine(LogLevel Level, string Category, string Text, string Rest);
