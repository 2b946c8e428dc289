namespace Infrastructure.Tests;

/// <summary>Parameters that decide more than a value.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("encryptionKeysSecretName", "Sessions__EncryptionKeys")]
    [InlineData("jwtSigningKeysSecretName", "Sessions__Jwt__SigningKeys")]
    public async Task Naming_keys_of_either_kind_alone_makes_the_vault_they_are_in(string parameter, string setting)
    {
        var deployment = await Deployment.PredictAsync($"param {parameter} = 'ring'");

        var vault = Assert.Single(deployment.Of("Microsoft.KeyVault/vaults"));
        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault.Text("name")};SecretName=ring)", deployment.AppSettings[setting]);
    }

    [Fact]
    public async Task Without_keys_there_is_no_vault() => Assert.Empty((await Deployment.PlainAsync()).Of("Microsoft.KeyVault/vaults"));

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example.org")]
    public async Task A_wildcard_origin_stops_the_deployment(string origin)
    {
        var (resources, fault) = await Deployment.TryPredictAsync($"param allowedOrigins = ['https://app.example.org', '{origin}']");

        Assert.Null(resources);
        Assert.Contains("a wildcard is refused", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azd_finds_the_app_by_the_name_that_azure_yaml_gives_the_service()
    {
        var name = Assert.Single((await Deployment.PlainAsync()).Of("Microsoft.Web/sites")).Text("tags.azd-service-name");

        Assert.Matches($@"services:\n  {name}:\n    project: \./src/SessionFunctions\n", Repository.Read("azure.yaml"));
    }
}
