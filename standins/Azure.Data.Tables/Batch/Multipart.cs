#nullable enable
using System.Text;

namespace Azure.Data.Tables.Batch
{
    /// <summary>Cuts multipart messages and HTTP messages into their pieces, without copying.</summary>
    internal static class Multipart
    {
        public static string? BoundaryOf(string? contentType)
        {
            const string Name = "boundary=";
            var at = contentType?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
            return at < 0 ? null : contentType![(at + Name.Length)..].Split(';')[0].Trim().Trim('"');
        }

        public static IEnumerable<ReadOnlyMemory<byte>> Sections(ReadOnlyMemory<byte> body, string boundary)
        {
            var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
            var start = body.Span.IndexOf(delimiter);
            while (start >= 0)
            {
                var section = body[(start + delimiter.Length)..];
                if (section.Span.StartsWith("--"u8))
                {
                    yield break;
                }

                var end = section.Span.IndexOf(delimiter);
                yield return end < 0 ? section : section[..end];
                body = section;
                start = end;
            }
        }

        /// <summary>Splits at the first empty line. Emulators have been seen to end lines with a line feed alone.</summary>
        public static (string Head, ReadOnlyMemory<byte> Body) SplitHead(ReadOnlyMemory<byte> message)
        {
            var crlf = message.Span.IndexOf("\r\n\r\n"u8);
            var lf = message.Span.IndexOf("\n\n"u8);
            var (length, gap) = crlf >= 0 && (lf < 0 || crlf < lf) ? (crlf, 4) : lf >= 0 ? (lf, 2) : (message.Length, 0);
            return (Encoding.UTF8.GetString(message.Span[..length]), message[(length + gap)..]);
        }

        public static Dictionary<string, string> Headers(IEnumerable<string> lines)
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in lines)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
                }
            }

            return headers;
        }
    }
}
