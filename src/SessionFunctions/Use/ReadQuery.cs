using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Use;

/// <summary>What a read may say in its query.</summary>
internal static class ReadQuery
{
    /// <summary>Whether the read counts as a use of the session: yes, unless <c>?touch=false</c>.</summary>
    public static Outcome<bool> Touch(HttpRequest request) => (request.QueryString.HasValue ? request.Query["touch"].ToString() : "") switch
    {
        "" or "true" => true,
        "false" => false,
        _ => Refusal.Malformed("touch must be true or false."),
    };

    /// <summary>The members of the session that are wanted, by <c>?fields=a,b</c>; all where it isn't there.</summary>
    public static Outcome<SessionFields> Fields(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.TryGetValue("fields", out var names)
            ? SessionFields.Parse(names.ToString())
            : SessionFields.All;
}
