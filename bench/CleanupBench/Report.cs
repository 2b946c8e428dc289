using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchKit;

namespace CleanupBench;

/// <summary>The figures as a table in Markdown: ratios first, for they travel from machine to machine; absolute ones after.</summary>
internal static class Report
{
    public static string Of(Sizes sizes, IReadOnlyList<Case> cases)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}. ");
        text.Append(CultureInfo.InvariantCulture, $"Medians over {sizes.Rounds} rounds. In memory {Said(sizes.Memory)}; on Azurite {Said(sizes.Azurite)}.\n\n");
        text.Append("| table | live | expired ones are | speed / limit | requests / limit | deleted/s | limit/s | requests per 1,000 | limit per 1,000 |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var each in cases)
        {
            var (speed, fastest) = (Median(each.Cleanup, one => one.SessionsPerSecond), Median(each.Limit, one => one.SessionsPerSecond));
            var (requests, fewest) = (Median(each.Cleanup, one => one.RequestsPerThousand), Median(each.Limit, one => one.RequestsPerThousand));
            text.Append(CultureInfo.InvariantCulture, $"| {each.Storage} | {each.Live:n0} | {(each.SignedIn ? "a user's" : "anonymous")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {speed / fastest:0.00} | {requests / fewest:0.00} ");
            text.Append(CultureInfo.InvariantCulture, $"| {speed:n0} | {fastest:n0} | {requests:0.0} | {fewest:0.0} |\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Said(StorageSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{size.Expired:n0} expired in {size.Shards} shards, {size.Times} times a round");

    private static double Median(List<Measured> all, Func<Measured, double> figure) => all.Select(figure).Median();
}
