using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.SelfHost;

/// <summary>One key stands for all that the Functions host would know: function, host, system and master keys.</summary>
internal sealed class FunctionKeys(string? key)
{
    private readonly byte[]? _key = string.IsNullOrEmpty(key) ? null : Encoding.UTF8.GetBytes(key);

    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public RequestDelegate Guard(AuthorizationLevel level, RequestDelegate next)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return next;
        }

        return context => Holds(context.Request)
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "function-key", "A function key is needed");
    }

    private bool Holds(HttpRequest request)
    {
        var given = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return _key is not null && given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _key);
    }
}
