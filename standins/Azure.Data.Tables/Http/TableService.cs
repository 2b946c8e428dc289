#nullable enable
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http
{
    /// <summary>One account's pipeline: makes messages, sends them, turns error statuses into exceptions.</summary>
    internal sealed class TableService
    {
        private static readonly ResponseClassifier NotFoundIsExpected = new StatusCodeClassifier([200, 204, 404]);

        private readonly HttpPipeline _pipeline;
        private readonly string _version;

        public TableService(TableEndpoint endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
        {
            options ??= new TableClientOptions();
            var parts = new HttpPipelineOptions(options) { RequestFailedDetailsParser = ErrorParser.Instance };
            parts.PerRetryPolicies.Add(authentication);
            Endpoint = endpoint;
            _pipeline = HttpPipelineBuilder.Build(parts);
            _version = options.VersionHeader;
        }

        /// <summary>What every request about entities says, a part of a transaction included.</summary>
        public static IReadOnlyList<KeyValuePair<string, string>> EntityHeaders { get; } =
        [
            new(HeaderNames.Accept, "application/json;odata=minimalmetadata"),
            new(HeaderNames.DataServiceVersion, "3.0"),
        ];

        public TableEndpoint Endpoint { get; }

        public static TableService For(string connectionString, TableClientOptions? options)
        {
            ArgumentNullException.ThrowIfNull(connectionString);
            var parsed = ConnectionString.Parse(connectionString);
            return For(new TableEndpoint(parsed.TableEndpoint, parsed.Credential.AccountName), parsed.Credential, options);
        }

        public static TableService For(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            ArgumentNullException.ThrowIfNull(credential);
            return For(new TableEndpoint(endpoint), credential, options);
        }

        public static TableService For(Uri endpoint, TokenCredential credential, TableClientOptions? options)
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            ArgumentNullException.ThrowIfNull(credential);
            var where = new TableEndpoint(endpoint);
            return new TableService(where, new BearerTokenAuthenticationPolicy(credential, where.TokenScope), options);
        }

        public HttpMessage CreateMessage(RequestMethod method, string pathAndQuery)
        {
            var message = _pipeline.CreateMessage();
            message.Request.Method = method;
            message.Request.Uri.Reset(new Uri(Endpoint.Resolve(pathAndQuery)));
            message.Request.Headers.SetValue(HeaderNames.Version, _version);
            foreach (var (name, value) in EntityHeaders)
            {
                message.Request.Headers.SetValue(name, value);
            }

            return message;
        }

        public HttpMessage CreateMessage(in EntityRequest entity)
        {
            var message = CreateMessage(MethodOf(entity), entity.Path);
            foreach (var (name, value) in HeadersOf(entity))
            {
                message.Request.Headers.SetValue(name, value);
            }

            if (!entity.Body.IsEmpty)
            {
                message.Request.Content = RequestContent.Create(entity.Body);
            }

            return message;
        }

        public RequestMethod MethodOf(in EntityRequest entity) =>
            Endpoint.IsCosmos && entity.Method == RequestMethod.Patch ? RequestMethod.Post : entity.Method;

        public IEnumerable<KeyValuePair<string, string>> HeadersOf(EntityRequest entity)
        {
            if (entity.IfMatch != null)
            {
                yield return new(HeaderNames.IfMatch, entity.IfMatch);
            }

            if (!entity.Body.IsEmpty)
            {
                yield return new(HeaderNames.ContentType, "application/json");
            }

            if (entity.Method == RequestMethod.Post)
            {
                yield return new(HeaderNames.Prefer, "return-no-content");
            }

            if (entity.Method != MethodOf(entity))
            {
                yield return new(HeaderNames.MethodOverride, "MERGE");
            }
        }

        /// <exception cref="RequestFailedException">The service answered with an error, or didn't after all tries.</exception>
        public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
        }

        /// <summary>As <see cref="SendAsync"/>, but 404 is an answer like any other, for logs and traces as well.</summary>
        public Task<Response> SendExpectingNotFoundAsync(HttpMessage message, CancellationToken cancellationToken)
        {
            message.ResponseClassifier = NotFoundIsExpected;
            return SendAsync(message, cancellationToken);
        }

        private static TableService For(TableEndpoint endpoint, TableSharedKeyCredential credential, TableClientOptions? options) =>
            new(endpoint, new SharedKeyLitePolicy(credential), options);
    }
}
