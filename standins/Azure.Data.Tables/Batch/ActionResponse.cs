#nullable enable
using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Data.Tables.Batch
{
    /// <summary>The response to one action of a transaction.</summary>
    internal sealed class ActionResponse(int status, string reasonPhrase, Dictionary<string, string> headers, ReadOnlyMemory<byte> content) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => reasonPhrase;

        public override Stream? ContentStream { get; set; } = new MemoryStream(content.ToArray(), writable: false);

        public override string ClientRequestId { get; set; } = "";

        public override bool IsError => status >= 400;

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = headers.TryGetValue(name, out var value) ? [value] : null;
            return values is not null;
        }

        protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));
    }
}
