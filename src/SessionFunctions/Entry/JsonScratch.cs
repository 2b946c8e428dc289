using System.Buffers;
using System.Text.Json;

namespace SessionFunctions.Entry;

/// <summary>A writer and its buffer, kept by each thread for its next answer.</summary>
internal sealed class JsonScratch : IDisposable
{
    /// <summary>A buffer that one answer has made larger isn't kept.</summary>
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static JsonScratch? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private JsonScratch() => Json = new Utf8JsonWriter(_buffer, JsonAnswer.Readable);

    public Utf8JsonWriter Json { get; }

    /// <summary>All that was written; good until it is disposed.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    public static JsonScratch Take()
    {
        var scratch = _kept ?? new JsonScratch();
        _kept = null; // not twice, should an answer be written within an answer
        return scratch;
    }

    public void Dispose()
    {
        if (_buffer.Capacity <= MostKept)
        {
            _buffer.Clear(); // of tokens, too
            Json.Reset();
            _kept = this;
        }
    }
}
