using Azure.Core;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables
{
    public class TableClientOptions : ClientOptions
    {
        public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
        {
            VersionHeader = serviceVersion switch
            {
                ServiceVersion.V2019_02_02 => "2019-02-02",
                ServiceVersion.V2020_12_06 => "2020-12-06",
                _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
            };

            // None of these can hold a key or a value of an entity, so a log may show them.
            Diagnostics.LoggedHeaderNames.Add(HeaderNames.DataServiceVersion);
            Diagnostics.LoggedHeaderNames.Add(HeaderNames.Version);
            Diagnostics.LoggedHeaderNames.Add(HeaderNames.Prefer);
        }

        internal string VersionHeader { get; }

        public enum ServiceVersion
        {
            V2019_02_02 = 1,
            V2020_12_06 = 2,
        }
    }
}
