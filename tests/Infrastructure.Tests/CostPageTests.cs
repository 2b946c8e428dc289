using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>The page of costs computes what it says, from its own parameters.</summary>
public sealed partial class CostPageTests
{
    private static readonly string[][] Rows =
    [
        .. Repository.Read("docs/cost.md").Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>Parameters, as numbers, and figures, as formulas, by their names.</summary>
    private static readonly Dictionary<string, string> Named = Rows
        .Where(row => Name().IsMatch(row[0]))
        .ToDictionary(row => row[0].Trim('`'), row => row.Length == 4 ? $"{Number(row[1])}" : row[1].Trim('`'));

    public static TheoryData<string, string, string> Figures =>
        [.. Rows.Where(row => row is [_, ['`', .., '`'], _]).Select(row => (row[0], row[1].Trim('`'), row[2]))];

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_is_what_its_formula_gives(string figure, string formula, string result) =>
        Assert.Equal($"{figure} = {formula} = {Said(Compute(formula), like: result)}", $"{figure} = {formula} = {result}");

    [Fact]
    public void The_page_has_figures_and_every_parameter_is_used()
    {
        var formulas = string.Join('\n', Figures.Select(figure => figure.Data.Item2));

        Assert.True(Figures.Count > 30);
        Assert.All(Rows.Where(row => row.Length == 4 && Name().IsMatch(row[0])), row => Assert.Matches($@"\b{row[0].Trim('`')}\b", formulas));
    }

    private static double Compute(string formula)
    {
        var numbers = Word().Replace(formula, word => Plain(Compute(Named[word.Value])));
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        return Convert.ToDouble(table.Compute(Whole().Replace(numbers, "$0.0"), filter: null), CultureInfo.InvariantCulture);
    }

    /// <summary>As many decimals as the page gives, and a dollar sign where it has one.</summary>
    private static string Said(double value, string like)
    {
        var decimals = like.Contains('.', StringComparison.Ordinal) ? like.Length - like.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return (like.StartsWith('$') ? "$" : "") + value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }

    private static string Number(string text) => text.Replace(",", "", StringComparison.Ordinal).TrimStart('$');

    private static string Plain(double value) => value.ToString("0.0##################", CultureInfo.InvariantCulture);

    [GeneratedRegex("^`[a-z_]+`$")]
    private static partial Regex Name();

    [GeneratedRegex("[a-z_]+")]
    private static partial Regex Word();

    /// <summary>A number without decimals, which would be divided as a whole one.</summary>
    [GeneratedRegex(@"(?<![\d.])\d+(?![\d.])")]
    private static partial Regex Whole();
}
