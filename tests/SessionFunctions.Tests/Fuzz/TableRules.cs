using System.Globalization;
using Sessions;
using Sessions.Rows;
using Sessions.Table;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What must be true of a whole table at any time: which rows there are follows from the sessions and the limits.</summary>
internal sealed class TableRules(FuzzHost host)
{
    private static readonly string[] Roots = ["s:", "l:", "m:"];

    public async Task<IReadOnlyList<Row>> RowsAsync()
    {
        var rows = new List<Row>();
        foreach (var shard in Shard.All(FuzzHost.Shards))
        {
            await foreach (var page in host.Get<ITable>().RangeAsync(new RowRange(shard.ToString(), "0", "~", []), default))
            {
                foreach (var row in page)
                {
                    rows.Add((await host.Get<ITable>().FindAsync(row.Partition, row.Key, default))!);
                }
            }
        }

        return rows;
    }

    /// <summary>What is there and mustn't be, and the other way round.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(IReadOnlyList<Row> rows)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        var userOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => Roots.Any(root => row.Key.StartsWith(root, StringComparison.Ordinal))))
        {
            expected.Add(PathOf(row));
            switch (row.Key[0])
            {
                case 's':
                    Assert.True(SessionId.TryParse(row.Key[2..], out var id));
                    var stored = (await host.Get<SessionRows>().FindAsync(id, default))!;
                    var index = Index(row, stored.Expires!.Value, $"{id}");
                    expected.Add(index);
                    userOf[index] = stored.UserKey ?? "";
                    if (stored.UserKey is { } user)
                    {
                        expected.Add($"{row.Partition}/u:{user}:{id}");
                    }

                    break;
                case 'l':
                    expected.Add(Index(row, row.Time("expires")!.Value, row.Key));
                    break;
            }
        }

        var actual = rows.ToDictionary(PathOf, StringComparer.Ordinal);
        return
        [
            .. expected.Where(path => !actual.ContainsKey(path)).Select(path => $"missing: {path}"),
            .. actual.Keys.Where(path => !expected.Contains(path)).Select(path => $"left over: {path}"),
            .. userOf.Where(pair => actual.TryGetValue(pair.Key, out var row) && row.Text("user") != pair.Value).Select(pair => $"wrong user: {pair.Key}"),
        ];
    }

    private static string PathOf(Row row) => $"{row.Partition}/{row.Key}";

    private static string Index(Row row, DateTimeOffset expires, string subject) =>
        $"{row.Partition}/x:{expires.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}:{subject}";
}
