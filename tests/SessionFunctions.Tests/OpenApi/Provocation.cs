using System.Text;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>How to be refused: for each status, what to do to a call that would succeed.</summary>
internal static class Provocation
{
    private const string Unknown = "00aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly string Long = new('x', 1024 * 1024);

    public static Request Of(int status, Sample sample, Request call) => status switch
    {
        400 => Malformed(sample, call),
        401 => call with { Bearer = null, Headers = [] },
        403 => sample.Operation.ForHolders ? call with { Bearer = null, Cookie = sample.Holder.Token } : call.With("Origin", "https://elsewhere.example"),
        404 => Missing(sample, call),
        409 => sample.Operation.Id is "PatchData" or "OperatorPatchData" ? Json(call, """[{"op":"test","path":"/theme","value":"blue"}]""") with { MediaType = "application/json-patch+json" } : call,
        412 => call.With("If-Match", "\"99\""),
        413 => Json(call, $$"""{"a":"{{Long}}"}"""),
        415 => call with { MediaType = "text/plain", Bytes = call.Bytes ?? "{}"u8.ToArray() },
        422 => NotAllowed(sample.Operation, call),
        _ => call,
    };

    private static Request Malformed(Sample sample, Request call) =>
        sample.Operation.HasBody ? Json(call, "{")
        : sample.Operation.Takes("header", "If-Match") ? call.With("If-Match", "nonsense")
        : sample.Operation.Takes("query", "touch") ? call with { Path = $"{call.Path}?touch=x" }
        : sample.Operation.Takes("query", "continuation") ? call with { Path = $"{call.Path}?continuation=x" }
        : sample.Operation.Id == "EndSession" ? call.With("Cookie", string.Join("; ", Enumerable.Range(0, 9).Select(i => $"{Request.CookieName}={Unknown}.{i}{new string('A', 42)}")))
        : Elsewhere(sample, call, "no-sid");

    private static Request Missing(Sample sample, Request call) => sample.Operation switch
    {
        { Id: "SignIn" } => Json(call, """{"idToken":"x"}"""),
        { Id: "IssueJwt" or "Jwks" } => call, // the settings are what is missing
        { Id: "DocsAsset" } => call with { Path = "docs/absent" },
        { Id: "ReadKey" or "DeleteKey" } => call with { Path = "sessions/current/data/absent" },
        _ => Elsewhere(sample, call, Unknown),
    };

    private static Request NotAllowed(Operation operation, Request call) =>
        operation.Path.Contains("{key}", StringComparison.Ordinal) ? call with { Path = call.Path.Replace("data/", "data/" + Long[..300], StringComparison.Ordinal) }
        : operation.HasBody ? Json(call, "[]")
        : call;

    private static Request Elsewhere(Sample sample, Request call, string sid) =>
        call with { Path = call.Path.Replace(sample.Sid, sid, StringComparison.Ordinal) };

    private static Request Json(Request call, string json) => call with { Bytes = Encoding.UTF8.GetBytes(json) };
}
