using System.Text;
using Sessions.Data.Patch;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests.Data.Patch;

internal static class Patches
{
    public static string Applied(string document, string patch) => Json(Value(Apply(document, patch)));

    public static RefusalKind? Refused(string document, string patch) => Apply(document, patch).Refusal?.Kind;

    public static Result<SessionData> Apply(string document, string patch) =>
        JsonPatch.Parse(Encoding.UTF8.GetBytes(patch)).Then(parsed => parsed.Apply(DataOf(document)));
}
