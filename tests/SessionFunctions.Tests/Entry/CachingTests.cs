using SessionFunctions.Tests.Jwt;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>The answers that caches may keep.</summary>
public sealed class CachingTests() : ApiSuite(
    Storage.Memory, ("Sessions__Jwt__SigningKeys", $"k1:{SigningKeys.Pkcs8()}"), ("Sessions__Jwt__Issuer", "https://api.example"))
{
    [Theory]
    [InlineData("openapi.json")]
    [InlineData("docs/page.css")]
    [InlineData(".well-known/jwks.json")]
    public async Task Each_says_that_it_differs_by_origin_and_so_does_the_one_that_it_has_not_changed(string path)
    {
        using var whole = await Api.Http.GetAsync(path);
        Assert.True(whole.Headers.CacheControl!.Public);
        Assert.Equal(["Origin"], whole.Headers.Vary);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new(whole.Headers.ETag?.Tag ?? "\"none\""));
        using var answer = await Api.Http.SendAsync(again);
        Assert.Equal(whole.Headers.ETag is null ? 200 : 304, (int)answer.StatusCode);
        Assert.Equal(["Origin"], answer.Headers.Vary);
    }
}
