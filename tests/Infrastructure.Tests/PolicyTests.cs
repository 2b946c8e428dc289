using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>What a security review would ask of the templates. <see cref="Breaches"/> sees that each of these can fail.</summary>
public sealed partial class PolicyTests : IAsyncLifetime
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Cosmos = "Microsoft.DocumentDB/databaseAccounts";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Component = "Microsoft.Insights/components";
    private const string Site = "Microsoft.Web/sites";
    private const string Credentials = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    private const string Role = "Microsoft.Authorization/roleAssignments";
    private const string Query = "Microsoft.Insights/scheduledQueryRules";
    private const string Endpoint = "Microsoft.Network/privateEndpoints";

    internal Deployment Plain { get; set; } = null!;

    internal Deployment Full { get; set; } = null!;

    public async ValueTask InitializeAsync() => (Plain, Full) = (await Deployment.PlainAsync(), await Deployment.FullAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public void Storage_takes_no_shared_keys_and_no_other_tenants_copies()
    {
        Every(Storage, "properties.allowSharedKeyAccess", "false");
        Every(Storage, "properties.allowCrossTenantReplication", "false");
    }

    [Fact]
    public void No_blob_is_public()
    {
        Every(Storage, "properties.allowBlobPublicAccess", "false");
        Every("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", "None");
    }

    [Fact]
    public void Nothing_is_reached_without_HTTPS_and_TLS_1_2()
    {
        Every(Storage, "properties.supportsHttpsTrafficOnly", "true");
        Every(Storage, "properties.minimumTlsVersion", "TLS1_2");
        Every(Cosmos, "properties.minimalTlsVersion", "Tls12");
        Every(Site, "properties.httpsOnly", "true");
        Every(Site, "properties.siteConfig.minTlsVersion", "1.2");
    }

    [Fact]
    public void Cosmos_DB_the_vault_and_telemetry_go_by_identity_alone()
    {
        Every(Cosmos, "properties.disableLocalAuth", "true");
        Every(Component, "properties.DisableLocalAuth", "true");
        Every(Vault, "properties.enableRbacAuthorization", "true");
    }

    [Fact]
    public void A_deleted_key_can_be_had_back()
    {
        Every(Vault, "properties.enableSoftDelete", "true");
        Every(Vault, "properties.enablePurgeProtection", "true");
    }

    [Fact]
    public void Neither_FTP_nor_deployments_take_a_user_name_and_a_password()
    {
        Every(Credentials, "properties.allow", "false");
        Assert.Equal(["ftp", "scm"], Full.Of(Credentials).Select(policy => LastSegment(policy.Text("name"))).Order());
    }

    [Fact]
    public void The_app_reaches_its_storage_and_telemetry_by_its_identity()
    {
        var settings = Full.AppSettings;

        Every(Site, "identity.type", "UserAssigned");
        Every(Site, "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity");
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal(Full.Of(Storage)[0].Text("name"), settings["AzureWebJobsStorage__accountName"]);
        Assert.Contains(";Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
        Assert.All(
            ["AzureWebJobsStorage__clientId", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"],
            name => Assert.Matches("userAssignedIdentities/.*clientId", settings[name]));
    }

    [Fact]
    public void The_app_settings_hold_no_connection_string_to_storage() =>
        Assert.DoesNotContain(Full.AppSettings.Keys, name => name is "AzureWebJobsStorage" or "Sessions__Storage__ConnectionString");

    [Fact]
    public void Keys_are_in_the_app_settings_only_as_references_to_the_vault()
    {
        var vault = Full.Of(Vault)[0].Text("name");

        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName=data-keys)", Full.AppSettings["Sessions__EncryptionKeys"]);
        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName=jwt-keys)", Full.AppSettings["Sessions__Jwt__SigningKeys"]);
        Every(Site, "properties.keyVaultReferenceIdentity", Full.Of("Microsoft.ManagedIdentity/userAssignedIdentities")[0].Text("id")!);
    }

    [Fact]
    public void The_identity_has_the_roles_it_needs_each_on_one_resource_and_no_other()
    {
        var assignments = Full.Of(Role);
        var granted = assignments.Select(role => $"{LastSegment(role.Text("properties.roleDefinitionId"))} on {ScopeOf(role.Text("id")!)}")
            .Concat(Full.Of($"{Cosmos}/tableRoleAssignments")
                .Select(role => $"{LastSegment(role.Text("properties.roleDefinitionId"))} on {TypeOf(role.Text("properties.scope")!)}"));

        Assert.Equal(
            [
                $"00000000-0000-0000-0000-000000000002 on {Cosmos}", // Cosmos DB Built-in Data Contributor
                $"0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 on {Storage}", // Storage Table Data Contributor
                $"3913510d-42f4-4e42-8a64-420c390055eb on {Component}", // Monitoring Metrics Publisher
                $"4633458b-17de-408a-874c-0445c86b69e6 on {Vault}", // Key Vault Secrets User
                $"974c5e8b-45b9-4653-ba55-5f855dd0fb88 on {Storage}", // Storage Queue Data Contributor
                $"b7e6dc6d-f1e8-4753-8033-0f276bb0955b on {Storage}", // Storage Blob Data Owner
            ],
            granted.Order(StringComparer.Ordinal));
        Every(Role, "properties.principalType", "ServicePrincipal");
        Assert.All(assignments, role => Assert.Matches("/userAssignedIdentities/.*principalId", role.Text("properties.principalId")));
    }

    /// <summary>By Microsoft's list of what Flex Consumption has no use for.</summary>
    [Fact]
    public void Nothing_is_set_that_Flex_Consumption_refuses_or_ignores()
    {
        Every("Microsoft.Web/serverfarms", "sku.name", "FC1");
        Every(Site, "properties.functionAppConfig.runtime.name", "dotnet-isolated");
        Every(Site, "properties.functionAppConfig.runtime.version", "10.0");
        Assert.DoesNotContain(Full.AppSettings.Keys, NotOnFlex.IsMatch);
        Assert.DoesNotContain(Full.Of(Site)[0].At("properties").Members(), member => NotOnFlex.IsMatch(member.Name));
    }

    [Fact]
    public void No_origin_is_let_in_unless_named()
    {
        Assert.Equal("[]", Plain.Of(Site)[0].At("properties.siteConfig.cors.allowedOrigins")?.ToJsonString());
        Assert.Equal("false", Plain.Of(Site)[0].Text("properties.siteConfig.cors.supportCredentials"));
        Assert.Equal("""["https://app.example.org"]""", Full.Of(Site)[0].At("properties.siteConfig.cors.allowedOrigins")?.ToJsonString());
    }

    [Fact]
    public void HSTS_holds_for_subdomains_only_where_asked_for()
    {
        const string setting = "AzureFunctionsJobHost__extensions__http__hsts__includeSubDomains";

        Assert.Equal(("False", "True"), (Plain.AppSettings[setting], Full.AppSettings[setting]));
        Assert.DoesNotContain("includeSubDomains", Repository.Read("host.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_platform_shows_no_page_of_its_own() => Assert.Equal("true", Full.AppSettings["AzureWebJobsDisableHomepage"]);

    [Fact]
    public void Private_mode_closes_storage_Cosmos_DB_and_the_vault()
    {
        const string access = "properties.publicNetworkAccess";
        const string others = "properties.networkAcls.defaultAction";

        Assert.All(new[] { Storage, Cosmos, Vault }.SelectMany(Full.Of), service => Assert.Equal("Disabled", service.Text(access)));
        Assert.All(new[] { Storage, Vault }.SelectMany(Full.Of), service => Assert.Equal("Deny", service.Text(others)));
        Assert.All(Plain.Of(Storage), service => Assert.Equal("Enabled", service.Text(access)));
    }

    [Fact]
    public void Private_mode_gives_each_service_an_endpoint_and_its_name_a_zone()
    {
        var zones = Full.Of("Microsoft.Network/privateDnsZones").Select(zone => zone.Text("id"));
        var named = Full.Of($"{Endpoint}/privateDnsZoneGroups")
            .Select(group => group.Text("properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId"));
        var served = Full.Of(Endpoint).Select(endpoint => endpoint.At("properties.privateLinkServiceConnections.0.properties"))
            .Select(link => $"{link.Text("groupIds.0")} of {TypeOf(link.Text("privateLinkServiceId")!)}");

        Assert.Equal(
            [$"Table of {Cosmos}", $"blob of {Storage}", $"queue of {Storage}", $"table of {Storage}", $"vault of {Vault}"],
            served.Order(StringComparer.Ordinal));
        Assert.Equal(zones.Order(), named.Order());
        Assert.Equal(5, Full.Of("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.Empty(Plain.Of(Endpoint));
    }

    [Fact]
    public void In_private_mode_the_app_sends_through_the_network_and_starts_after_the_endpoints()
    {
        var subnet = Full.Of("Microsoft.Network/virtualNetworks")[0].At("properties.subnets.0");
        var waits = Full.Template.At("resources.app.dependsOn")!.AsArray().Select(name => name!.ToString()).ToArray();

        Assert.Equal(subnet.Text("name"), LastSegment(Full.Of(Site)[0].Text("properties.virtualNetworkSubnetId")));
        Assert.Equal("Microsoft.App/environments", subnet.Text("properties.delegations.0.properties.serviceName"));
        Assert.All(["storageEndpoints", "cosmosEndpoint", "keyVaultEndpoint"], endpoint => Assert.Contains(endpoint, waits));
    }

    [Fact]
    public void What_runs_and_what_holds_data_sends_its_logs_to_the_workspace()
    {
        var workspace = Full.Of("Microsoft.OperationalInsights/workspaces")[0].Text("id");
        var watched = Full.Of("Microsoft.Insights/diagnosticSettings").Where(setting => setting.Text("properties.workspaceId") == workspace)
            .Select(setting => setting.Text("id")!.Split("/providers/Microsoft.Insights/")[0]);

        string[] toWatch = [Site, Vault, Cosmos, $"{Storage}/tableServices", $"{Storage}/blobServices"];
        Assert.Equal(toWatch.SelectMany(Full.Of).Select(resource => resource.Text("id")).Order(), watched.Order());
    }

    [Theory]
    [InlineData("-5xx", "toint(resultCode) >= 500")]
    [InlineData("-latency", "percentilew(duration, itemCount, 95)")]
    [InlineData("-cleanup", "operation_Name == \"Cleanup\" and success == true")]
    public void An_alert_asks_the_logs(string name, string query)
    {
        var alert = Assert.Single(Full.Of(Query), IsNamed(name));

        Assert.Contains(query, alert.Text("properties.criteria.allOf.0.query"), StringComparison.Ordinal);
        Assert.Equal(Full.Of(Component)[0].Text("id"), alert.Text("properties.scopes.0"));
    }

    [Theory]
    [InlineData("-storage-throttling", "Transactions", "ClientThrottlingError", "tableServices/default")]
    [InlineData("-cosmos-throttling", "TotalRequests", "429", "databaseAccounts/")]
    public void An_alert_counts_throttled_requests(string name, string metric, string response, string scope)
    {
        var alert = Assert.Single(
            Plain.Of("Microsoft.Insights/metricAlerts").Concat(Full.Of("Microsoft.Insights/metricAlerts")), IsNamed(name));

        Assert.Equal(metric, alert.Text("properties.criteria.allOf.0.metricName"));
        Assert.Contains($"\"{response}\"", alert.Text("properties.criteria.allOf.0.dimensions.0.values"), StringComparison.Ordinal);
        Assert.Contains(scope, alert.Text("properties.scopes.0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_is_on_and_tells_the_people()
    {
        var people = Assert.Single(Full.Of("Microsoft.Insights/actionGroups"));
        JsonNode[] alerts = [.. Full.Of(Query), .. Full.Of("Microsoft.Insights/metricAlerts")];

        Assert.Equal("oncall@example.org", people.Text("properties.emailReceivers.0.emailAddress"));
        Assert.Equal(4, alerts.Length);
        Assert.All(alerts, alert => Assert.Equal("true", alert.Text("properties.enabled")));
        Assert.All(alerts, alert => Assert.Contains(people.Text("id")!, alert.Text("properties.actions"), StringComparison.Ordinal));
    }

    [Fact]
    public void No_key_of_a_service_is_asked_for() => Assert.DoesNotMatch(@"\blist\w+\(", Full.Template.ToJsonString());

    [Fact]
    public void No_output_gives_a_secret_away() =>
        Assert.All(
            Full.Template.Members().Where(member => member.Name == "outputs"),
            outputs => Assert.DoesNotMatch("(?i)connectionString|instrumentationKey|getSecret", outputs.Value.ToJsonString()));

    [Fact]
    public void No_secret_is_written_down()
    {
        Assert.DoesNotMatch(SecretText, Full.Template.ToJsonString());
        Assert.All(
            Full.Template.Members().Where(member => SecretName.IsMatch(member.Name) && member.Value.GetValueKind() == JsonValueKind.String),
            member => Assert.Matches(@"^(\[.*\])?$", member.Value.ToString()));
    }

    [Fact]
    public void A_parameter_takes_the_name_of_a_secret_and_never_the_secret() =>
        Assert.All(
            Full.Template.At("parameters")!.AsObject().Where(parameter => SecretName.IsMatch(parameter.Key)),
            parameter => Assert.EndsWith("SecretName", parameter.Key, StringComparison.Ordinal));

    [Fact]
    public void Every_parameter_and_output_is_described() =>
        Assert.All(
            Full.Template.Members().Prepend((Name: "", Value: Full.Template)).Where(member => member.Value.Text("$schema") is not null)
                .SelectMany(template => template.Value.At("parameters")!.AsObject().Concat(template.Value.At("outputs")?.AsObject() ?? [])),
            each => Assert.True(each.Value.Text("metadata.description")?.Length > 4, $"{each.Key} has no description"));

    private static readonly Regex SecretName =
        new("(?i)password|accountKey|connectionString|sharedKey|signingKey|encryptionKey", RegexOptions.NonBacktracking);

    /// <summary>Keys of a service in its connection string, and the base64 of 32 or of 64 bytes.</summary>
    private static readonly Regex SecretText = new(
        @"AccountKey=|SharedAccess|[?&]sig=|InstrumentationKey=|-----BEGIN|\b[A-Za-z0-9+/]{43}=|\b[A-Za-z0-9+/]{86}==",
        RegexOptions.NonBacktracking);

    private static readonly Regex NotOnFlex = new(
        "(?i)^(ENABLE_ORYX_BUILD|FUNCTIONS_.*|SCM_DO_BUILD_DURING_DEPLOYMENT|WEBSITE_.*|alwaysOn|containerSize|dnsConfiguration|ftpsState"
        + "|isReserved|isXenon|use32BitWorkerProcess|(java|linuxFx|netFramework|powerShell|windowsFx)Version|functionAppScaleLimit"
        + "|preWarmedInstanceCount|vnet(BackupRestore|ContentShare|ImagePull|RouteAll)Enabled)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>There is such a resource, and wherever there is one it has that value.</summary>
    private void Every(string type, string path, string expected)
    {
        Assert.NotEmpty(Full.Of(type));
        Assert.All(Plain.Of(type).Concat(Full.Of(type)), resource => Assert.Equal(expected, resource.Text(path)));
    }

    private static Predicate<JsonNode> IsNamed(string end) => resource => resource.Text("name")!.EndsWith(end, StringComparison.Ordinal);

    private static string? LastSegment(string? path) => path?.Split('/')[^1];

    /// <summary>The type in a resource's id.</summary>
    private static string TypeOf(string id) => string.Join('/', id.Split("/providers/")[^1].Split('/')[..2]);

    /// <summary>What a role assignment is on; its own name is known in Azure only, so its id is an expression.</summary>
    private static string ScopeOf(string id) => id.Split('\'') is ["[extensionResourceId(", var scope, ..] ? TypeOf(scope) : id;
}
