using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Users;

namespace SessionFunctions.Users;

/// <summary>Where a list goes on, as the page before said it.</summary>
internal static class Continuation
{
    public const string Name = "continuation";

    public static readonly Refusal Malformed = Refusal.Malformed(
        "continuation must be what the page before had under that name, as it was.");

    /// <summary>Of the query; null for the first page.</summary>
    public static Outcome<ListPosition?> Of(HttpRequest request) =>
        !request.Query.TryGetValue(Name, out var texts) ? default(ListPosition?)
        : texts is [var text] && ListPosition.TryParse(text, out var position) ? position
        : Malformed;
}
