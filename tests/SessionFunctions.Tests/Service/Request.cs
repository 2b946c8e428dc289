using System.Text;

namespace SessionFunctions.Tests.Service;

/// <summary>A call as it goes over the wire; nothing is put right that a strange client would send.</summary>
public sealed record Request(string Method, string Path)
{
    public const string CookieName = "__Host-session";

    public string? Bearer { get; init; }

    /// <summary>Value of our cookie.</summary>
    public string? Cookie { get; init; }

    /// <summary>The body, as text; its media type is JSON unless <see cref="MediaType"/> says otherwise.</summary>
    public string? Json { get; init; }

    public byte[]? Bytes { get; init; }

    /// <summary>Empty: none.</summary>
    public string MediaType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    public Request With(string header, string? value) => this with { Headers = [.. Headers, (header, value)] };

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        Add("Authorization", Bearer is null ? null : $"Bearer {Bearer}");
        Add("Cookie", Cookie is null ? null : $"{CookieName}={Cookie}");
        foreach (var (name, value) in Headers)
        {
            Add(name, value);
        }

        if ((Bytes ?? (Json is null ? null : Encoding.UTF8.GetBytes(Json))) is { } body)
        {
            request.Content = new ByteArrayContent(body);
            if (MediaType.Length > 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
            }
        }

        return request;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        }
    }
}
