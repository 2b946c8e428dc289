#nullable enable
namespace Azure.Data.Tables
{
    /// <summary>https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string</summary>
    internal sealed record ConnectionString(Uri TableEndpoint, TableSharedKeyCredential Credential)
    {
        // The emulator's account, the same on every machine and published with it.
        private const string DevelopmentAccount = "devstoreaccount1";
        private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

        public static ConnectionString Parse(string text)
        {
            ArgumentException.ThrowIfNullOrEmpty(text);
            var settings = Split(text);

            if (string.Equals(settings.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
            {
                return Development(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));
            }

            if (settings.ContainsKey("SharedAccessSignature"))
            {
                throw new NotSupportedException("A stand-in for Azure.Data.Tables: shared access signatures need the official package.");
            }

            if (!settings.TryGetValue("AccountName", out var account)
                || !settings.TryGetValue("AccountKey", out var key)
                || EndpointOf(account, settings) is not { } endpoint)
            {
                throw new ArgumentException(
                    "The connection string needs AccountName, AccountKey and either TableEndpoint or EndpointSuffix.", nameof(text));
            }

            return new ConnectionString(endpoint, new TableSharedKeyCredential(account, key));
        }

        private static Uri? EndpointOf(string account, Dictionary<string, string> settings)
        {
            if (settings.TryGetValue("TableEndpoint", out var explicitly))
            {
                return Uri.TryCreate(explicitly, UriKind.Absolute, out var uri) ? uri : null;
            }

            var scheme = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
            return settings.TryGetValue("EndpointSuffix", out var suffix) ? new Uri($"{scheme}://{account}.table.{suffix}") : null;
        }

        private static ConnectionString Development(string? proxy)
        {
            var at = proxy is null ? new UriBuilder("http", "127.0.0.1") : new UriBuilder(proxy);
            var endpoint = new UriBuilder(at.Scheme, at.Host, 10002, DevelopmentAccount).Uri;
            return new ConnectionString(endpoint, new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey));
        }

        private static Dictionary<string, string> Split(string text)
        {
            var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // Only the first "=" separates: a key in base64 ends with one or two more.
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    // The part itself isn't quoted: it may be half a key.
                    throw new InvalidOperationException("The connection string has a part that isn't name=value.");
                }

                settings[part[..equals].TrimEnd()] = part[(equals + 1)..].TrimStart();
            }

            return settings;
        }
    }
}
