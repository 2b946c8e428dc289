using System.Security.Cryptography;

namespace SessionFunctions.Tests.Jwt;

internal static class SigningKeys
{
    /// <summary>A private key as it stands in the settings.</summary>
    public static string Pkcs8(ECCurve? curve = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}
