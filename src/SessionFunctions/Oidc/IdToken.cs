using System.Text.Json.Nodes;

namespace SessionFunctions.Oidc;

/// <summary>What a verified id token says.</summary>
/// <param name="Subject">The user at the provider: 1 to 512 bytes, so that it can be a user.</param>
/// <param name="Claims">Those of <c>Sessions:Oidc:Claims</c>; null where the token lacks one.</param>
public sealed record IdToken(string Subject, JsonObject Claims);
