using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary>Which key of the data a call's address names.</summary>
internal static class DataAddress
{
    /// <summary>Two parts, so that the path without a key doesn't match: the Functions host tries longer routes first, and lets a catch-all be empty.</summary>
    public const string Route = "sessions/current/data/{key}/{*rest}";

    private const string BeforeKey = "/sessions/current/data/";

    /// <param name="request">The call.</param>
    /// <param name="after">What stands behind the key.</param>
    public static Result<DataKey> KeyOf(HttpRequest request, string after = "") =>
        AddressText.Between(request, BeforeKey, after).Then(DataKey.Parse);

    /// <summary>Refuses a call whose address named a key that got lost on the way.</summary>
    public static Refusal? Strayed(HttpRequest request) => AddressText.Strayed(request, BeforeKey);
}
