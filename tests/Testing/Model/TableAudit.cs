using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionFunctions.Testing.Model;

/// <summary>Reads a whole table and compares it with what the model expects to be there, row by row.</summary>
internal static class TableAudit
{
    public static async Task CheckAsync(SessionWorld world, IReadOnlyList<ModelSession> sessions)
    {
        var rows = await world.RowsAsync();
        var stored = sessions.Where(session => session.Stored).ToList();

        Assert.Equal(
            stored.SelectMany(session => session.Keys()).Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Partition}/{row.Key}").Order(StringComparer.Ordinal));

        var byId = rows.Where(row => row.Key[0] == 's').ToDictionary(row => row.Key, StringComparer.Ordinal);
        foreach (var session in stored)
        {
            var row = byId[$"s:{session.Id}"];
            Assert.Equal(session.Expires, row.Time("expires")?.ToUnixTimeMilliseconds());
            Assert.Equal(HashOf(session.Secrets.Current), row.Bytes("secret"));
            Assert.Equal(session.Secrets.Pending.Select(HashOf), HashesIn(row.Bytes("pending")));
            Assert.Equal(session.Secrets.Previous.Select(HashOf), HashesIn(row.Bytes("previous")));
        }

        Assert.Empty(new ClearSecrets(sessions.SelectMany(session => session.Tokens)).FoundIn(rows));
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Base64Url.DecodeFromChars(token.Split('.')[1]));

    /// <summary>A hash and eight bytes of time for each.</summary>
    private static IEnumerable<byte[]> HashesIn(byte[]? column) =>
        (column ?? []).Chunk(SHA256.HashSizeInBytes + sizeof(long)).Select(each => each[..SHA256.HashSizeInBytes]);
}
