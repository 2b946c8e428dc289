using System.Security.Cryptography;

namespace SessionFunctions.OpenApi;

/// <summary>A file that was put into the assembly when it was built; read when it is first asked for.</summary>
internal sealed class EmbeddedFile
{
    private const int TagChars = 16;

    private EmbeddedFile(byte[] content)
    {
        Content = content;
        Hash = Convert.ToHexStringLower(SHA256.HashData(content))[..TagChars];
    }

    public byte[] Content { get; }

    /// <summary>Changes with the content: its ETag, and its version in an address.</summary>
    public string Hash { get; }

    public static EmbeddedFile? Find(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new EmbeddedFile(content);
    }
}
