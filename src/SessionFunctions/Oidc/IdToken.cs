using System.Text.Json.Nodes;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>What a verified id token says.</summary>
/// <param name="Subject">The user at the provider: 1 to 512 bytes, so that it can be a user.</param>
/// <param name="Claims">Those of <c>Sessions:Oidc:Claims</c>; null where the token lacks one.</param>
/// <param name="Once">By which it is known when it is shown again, and until when it could be.</param>
public sealed record IdToken(string Subject, JsonObject Claims, TimedHash Once);
