namespace Azure.Data.Tables.Tests;

internal static class SampleEntity
{
    public static TableEntity WithEveryType(string partitionKey, string rowKey) => new(partitionKey, rowKey)
    {
        ["String"] = "text",
        ["EmptyString"] = "",
        ["Awkward"] = "quotes ' \" ` \\ / { } <tag> & % + ; : = , tab\t line\r\nfeed \u0001\u007f umlaut äöü ß, 漢字, \u200b, 🙂👩‍👩‍👧",
        ["Int32"] = int.MinValue,
        ["Int64"] = (1L << 53) + 1,
        ["Int64Max"] = long.MaxValue,
        ["Double"] = 0.1,
        ["WholeDouble"] = 5.0,
        ["SmallDouble"] = 1e-300,
        ["True"] = true,
        ["False"] = false,
        ["Guid"] = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        ["Time"] = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567),
        ["WholeSecond"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ["Binary"] = Bytes(64 * 1024),
        ["EmptyBinary"] = Array.Empty<byte>(),
    };

    public static void AssertSame(TableEntity expected, TableEntity actual)
    {
        foreach (var name in expected.Keys.Where(name => name is not ("odata.etag" or "Timestamp")))
        {
            Assert.Equal(expected[name], actual[name]);
            Assert.Equal(expected[name].GetType(), actual[name].GetType());
        }
    }

    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
