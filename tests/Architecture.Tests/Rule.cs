namespace Architecture.Tests;

internal static class Rule
{
    /// <summary>Fails with the rule and everything that is against it.</summary>
    public static void Holds(string rule, IEnumerable<object> breaches)
    {
        var lines = breaches.Select(breach => $"  {breach}").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{rule}, but:\n{string.Join('\n', lines)}");
    }
}
