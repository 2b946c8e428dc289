using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sessions;

namespace MicroBench;

/// <summary>What the benchmarks work on: the same on every machine and in every run, but for secrets.</summary>
internal static class Samples
{
    public const string Small = "small";
    public const string Large = "30 KB";
    public const string Clear = "clear";
    public const string Encrypted = "encrypted";

    /// <summary>32 zero bytes.</summary>
    public const string Key = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static SessionToken Token() => SessionToken.New(SessionId.New(Shard.Random(Shard.MaxCount)));

    public static Session Session(string size, SessionToken? token = null)
    {
        var shown = token ?? Token();
        return new Session
        {
            Id = shown.Id,
            Secrets = new Secrets(shown.Hash, Now),
            Lifetime = Lifetime.Start(Now, TimeSpan.FromMinutes(20), TimeSpan.FromHours(12), 0.1),
            Data = Data(size),
            Claims = Parse("""{"roles":["buyer"],"tenant":"north"}"""),
            User = User.TryParse("ann@shop.example", out var user) ? user : null,
            Agent = "Firefox on Windows",
        };
    }

    /// <summary>A cart of one item, or of as many as make about 30 KB.</summary>
    public static SessionData Data(string size)
    {
        var random = new Random(1);
        var json = new StringBuilder("""{"theme":"dark","visits":3,"cart":[""");
        for (var n = 0; n == 0 || (size == Large && json.Length < 30_000); n++)
        {
            json.Append(n == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $$"""{"sku":"{{random.Next(1_000_000)}}","title":"Chair {{random.Next(1_000)}}",""")
                .Append(CultureInfo.InvariantCulture, $"\"count\":{random.Next(9)},\"price\":{random.Next(90_000) / 100m}}}");
        }

        return Parse(json.Append("]}").ToString());
    }

    public static SessionData Parse(string json) => Value(SessionData.Parse(Bytes(json)));

    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    /// <summary>A sample that is refused would make a benchmark of refusals.</summary>
    public static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal)
            ? value
            : throw new InvalidOperationException($"A sample was refused: {refusal.Detail}");

    /// <summary>The domain on a table in memory, put together as an app puts it together.</summary>
    public static ServiceProvider Services(string keys, TimeProvider time) =>
        new ServiceCollection().AddLogging().AddSingleton(time).AddSessions(Settings(keys)).BuildServiceProvider();

    public static IConfiguration Settings(string keys) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Sessions:Storage:Provider"] = "memory",
            ["Sessions:EncryptionKeys"] = keys == Encrypted ? Key : null,
        })
        .Build();
}
