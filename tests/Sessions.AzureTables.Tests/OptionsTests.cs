using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Testing;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>The settings of the table as an app writes them.</summary>
public sealed class OptionsTests
{
    private static readonly Start App = new((services, configuration) => services.AddSessions(configuration).AddAzureTables(configuration));

    private const string Endpoint = "https://account.table.core.windows.net";

    [Theory]
    [InlineData("ab")]
    [InlineData("1sessions")]
    [InlineData("my-sessions")]
    [InlineData("sessions\n")]
    [InlineData("sessionssessionssessionssessionssessionssessionssessionssessions")] // 64
    public void A_tables_name_is_one_that_the_service_takes(string name) => Assert.Equal(
        ["Sessions:Storage:Table must be 3 to 63 letters and digits that begin with a letter."],
        App.Faults(("Sessions:Storage:Table", name)));

    [Fact]
    public void A_connection_string_and_an_endpoint_exclude_each_other() => Assert.Equal(
        ["Set Sessions:Storage:ConnectionString or Sessions:Storage:Endpoint, not both."],
        App.Faults(("Sessions:Storage:ConnectionString", "UseDevelopmentStorage=true"), ("Sessions:Storage:Endpoint", Endpoint)));

    [Fact]
    public void An_endpoint_and_a_name_are_fine() =>
        Assert.Empty(App.Faults(("Sessions:Storage:Endpoint", Endpoint), ("Sessions:Storage:Table", "abc")));

    [Theory]
    [InlineData("memory", typeof(MemoryTable))]
    [InlineData("tables", typeof(AzureTable))]
    public void The_table_is_ours_unless_there_is_another(string provider, Type table) => Assert.IsType(
        table,
        App.With(("Sessions:Storage:Provider", provider), ("AzureWebJobsStorage", "UseDevelopmentStorage=true"))
            .GetRequiredService<ITable>());
}
