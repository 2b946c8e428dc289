using System.Buffers.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SessionFunctions.Entry;

namespace SessionFunctions.Jwt;

/// <summary>The public halves of the signing keys (RFC 7517). The one answer here that caches may keep.</summary>
internal sealed class JwksAnswer(IReadOnlyList<SigningKey> keys) : IResult
{
    private const string Cacheable = "public, max-age=300";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = Cacheable;
        httpContext.Response.Headers.Vary = HeaderNames.Origin;
        AnswerHeaders.AllowEverywhere(httpContext.Response);
        var published = new PublishedKeys([.. keys.Select(PublishedKey.Of)]);
        return new JsonAnswer<PublishedKeys>(published, JwksJson.Answers.PublishedKeys).ExecuteAsync(httpContext);
    }
}

internal sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

internal sealed record PublishedKey(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y)
{
    public static PublishedKey Of(SigningKey key) =>
        new("EC", "P-256", "sig", "ES256", key.Id, Base64Url.EncodeToString(key.Point.X), Base64Url.EncodeToString(key.Point.Y));
}

[JsonSerializable(typeof(PublishedKeys))]
internal sealed partial class JwksJson : JsonSerializerContext
{
    public static readonly JwksJson Answers = new(JsonAnswer.Options);
}
