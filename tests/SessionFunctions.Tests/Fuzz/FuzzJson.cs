using System.Text;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>JSON that is right, nearly right, and wrong.</summary>
internal sealed class FuzzJson(Random random, FuzzText text)
{
    private static readonly string[] Numbers =
        ["0", "-0", "1", "-1", "0.1", "1e2", "1E+400", "-1e-400", "1e308", "9007199254740993", "123456789012345678901234567890", "2147483648", "01", "+1", ".5", "NaN"];

    private static readonly string[] Wrong = ["null", "true", "[]", "{}", "1", "\"\"", "\"x\"", "[[]]", "-1", "\"true\""];

    public string Text() => text.Chance(0.7) ? $"\"{Word()}\"" : $"\"{text.OddString()}\"";

    public string Number() => text.Chance(0.7) ? $"{random.Next(-5, 2000)}" : text.Pick(Numbers);

    /// <summary>Of any type.</summary>
    public string Wrongly() => text.Chance(0.8) ? text.Pick(Wrong) : Value(0);

    public string Value(int depth) => random.Next(depth > 4 ? 4 : 7) switch
    {
        0 => Text(),
        1 => Number(),
        2 => text.Pick(["true", "false", "null"]),
        3 => Text(),
        4 => $"[{string.Join(',', Many(4).Select(_ => Value(depth + 1)))}]",
        _ => Object(depth + 1),
    };

    public string Object(int depth = 0) => text.Chance(0.01) ? Deep() : text.Chance(0.004) ? Large() : Members(Many(5).Select(_ => (Name(), Value(depth))));

    public string Members(IEnumerable<(string Name, string Value)> members)
    {
        var all = members.ToList();
        if (text.Chance(0.95))
        {
            all = [.. all.DistinctBy(member => member.Name)];
        }

        var space = text.Chance(0.1) ? "\t\n " : "";
        return $"{{{string.Join(',', all.Select(member => $"{space}\"{member.Name}\"{space}:{member.Value}"))}{space}}}";
    }

    /// <summary>RFC 6902, or what looks like it.</summary>
    public string Patch() => $"[{string.Join(',', Many(4).Select(_ => Step()))}]";

    /// <summary>As bytes, now and then with a byte gone, doubled, changed, or of another encoding.</summary>
    public byte[] Spoilt(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length == 0 || text.Chance(0.85))
        {
            return bytes;
        }

        var at = random.Next(bytes.Length);
        return random.Next(7) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            3 => [.. bytes, .. bytes],
            4 => Encoding.Unicode.GetBytes(json),
            5 => [0xef, 0xbb, 0xbf, .. bytes],
            _ => Noise(random.Next(400)),
        };
    }

    public string Name() => text.Chance(0.8) ? Word() : text.OddString();

    private string Word() => text.Pick(["a", "b", "c", "cart", "theme", "n", "count", "user name"]);

    private string Step() => Members(
    [
        ("op", text.Chance(0.9) ? $"\"{text.Pick(["add", "remove", "replace", "move", "copy", "test"])}\"" : Wrongly()),
        ("path", text.Chance(0.9) ? $"\"{text.Pick(["", "/", "/a", "/b/0", "/a/-", "/cart/c", "/~0", "/~2", "a", "/a/99999999999"])}\"" : Wrongly()),
        ("from", text.Chance(0.9) ? $"\"{text.Pick(["", "/a", "/b", "/cart"])}\"" : Wrongly()),
        ("value", Value(1)),
    ]);

    private IEnumerable<int> Many(int most) => Enumerable.Range(0, random.Next(most + 1));

    private string Deep()
    {
        var depth = text.Pick([31, 32, 33, 64, 1000, 20_000]);
        return string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    /// <summary>Around each of the limits.</summary>
    private string Large() => $"{{\"large\":\"{Convert.ToHexString(Noise(text.Pick([8_000, 50_000, 130_000, 131_000, 300_000, 320_000])))}\"}}";

    private byte[] Noise(int count)
    {
        var noise = new byte[count];
        random.NextBytes(noise);
        return noise;
    }
}
