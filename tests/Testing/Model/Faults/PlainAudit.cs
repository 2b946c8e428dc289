using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Sessions.Table;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>Reads the whole table and compares it with what the model has, row by row.</summary>
internal static class PlainAudit
{
    public static async Task CheckAsync(SessionWorld table, PlainWorld world, PlainSettings settings)
    {
        var rows = (await table.RowsAsync()).ToDictionary(row => row.Key, StringComparer.Ordinal);
        Assert.Equal(KeysOf(world, settings).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        foreach (var session in world.Sessions.Values)
        {
            Check(session, rows[$"s:{session.Id}"], settings);
            if (session.ListedOf is { } user)
            {
                var listed = rows[$"u:{settings.UserKeys[user]}:{session.Id}"];
                Assert.Equal((session.Expires, session.Seen), (Milliseconds(listed, "expires"), Milliseconds(listed, "seen")));
                Assert.Equal((session.IsReserved, session.IsEnded), (listed.Flag("reserved"), listed.Flag("ended")));
            }
        }
    }

    private static void Check(PlainSession session, Row row, PlainSettings settings)
    {
        Assert.Equal(session.Expires, Milliseconds(row, "expires"));
        Assert.Equal(session.Born, Milliseconds(row, "born"));
        Assert.Equal(session.IsEnded, row.Text("ended") is not null);
        Assert.Equal(session.Successor?.Id, row.Text("successor"));
        CheckSecrets([session.Current], row.Bytes("secret"), entryBytes: 32);
        CheckSecrets(session.Pending, row.Bytes("pending"), entryBytes: 40);
        CheckSecrets([.. session.Previous.Select(each => each.Token)], row.Bytes("previous"), entryBytes: 40);
        if (session.IsMarker)
        {
            Assert.Null(row.Text("userkey"));
            return;
        }

        Assert.Equal(session.Version, row.Number("version"));
        Assert.Equal(session.IsReserved, row.Flag("reserved"));
        Assert.Equal(session.User is { } user ? settings.UserKeys[user] : null, row.Text("userkey"));
        Assert.Equal(session.Log.Count, (row.Bytes("writes")!.Length - 8) / 16);
    }

    private static IEnumerable<string> KeysOf(PlainWorld world, PlainSettings settings)
    {
        foreach (var session in world.Sessions.Values)
        {
            yield return $"s:{session.Id}";
            yield return $"x:{Time(session.Expires)}:{session.Id}";
            if (session.ListedOf is { } user)
            {
                yield return $"u:{settings.UserKeys[user]}:{session.Id}";
            }
        }

        foreach (var (user, limit) in world.Limits)
        {
            yield return settings.LimitKey(user);
            yield return $"x:{Time(limit.Expires)}:{settings.LimitKey(user)}";
        }
    }

    private static void CheckSecrets(ImmutableList<string> tokens, byte[]? column, int entryBytes)
    {
        var stored = (column ?? []).Chunk(entryBytes).ToList();
        Assert.Equal(tokens.Count, stored.Count);
        foreach (var (token, entry) in tokens.Zip(stored).Where(each => !each.First.StartsWith("unknown", StringComparison.Ordinal)))
        {
            Assert.Equal(SHA256.HashData(Base64Url.DecodeFromChars(token.Split('.')[1])), entry[..SHA256.HashSizeInBytes]);
        }
    }

    private static long? Milliseconds(Row row, string column) => row.Time(column)?.ToUnixTimeMilliseconds();

    private static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
}
