using System.Reflection;
using Xunit.Sdk;

namespace Infrastructure.Tests;

/// <summary>Each policy notices a template that breaks it: where, the path, and the JSON that stands there instead (none: it is gone).</summary>
public sealed class BreachTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Cosmos = "Microsoft.DocumentDB/databaseAccounts";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Site = "Microsoft.Web/sites";
    private const string Settings = "Microsoft.Web/sites/config";
    private const string Credentials = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    private const string Role = "Microsoft.Authorization/roleAssignments";
    private const string Query = "Microsoft.Insights/scheduledQueryRules";

    public static TheoryData<string, string, string, string?> Breaches => new()
    {
        { nameof(PolicyTests.Storage_takes_no_shared_keys_and_no_other_tenants_copies), Storage, "properties.allowSharedKeyAccess", "true" },
        { nameof(PolicyTests.Storage_takes_no_shared_keys_and_no_other_tenants_copies), Storage, "properties.allowCrossTenantReplication", null },
        { nameof(PolicyTests.No_blob_is_public), Storage, "properties.allowBlobPublicAccess", null },
        { nameof(PolicyTests.No_blob_is_public), $"{Storage}/blobServices/containers", "properties.publicAccess", "\"Blob\"" },
        { nameof(PolicyTests.Nothing_is_reached_without_HTTPS_and_TLS_1_2), Storage, "properties.minimumTlsVersion", "\"TLS1_0\"" },
        { nameof(PolicyTests.Nothing_is_reached_without_HTTPS_and_TLS_1_2), Cosmos, "properties.minimalTlsVersion", null },
        { nameof(PolicyTests.Nothing_is_reached_without_HTTPS_and_TLS_1_2), Site, "properties.httpsOnly", "false" },
        { nameof(PolicyTests.Cosmos_DB_the_vault_and_telemetry_go_by_identity_alone), Cosmos, "properties.disableLocalAuth", "false" },
        { nameof(PolicyTests.Cosmos_DB_the_vault_and_telemetry_go_by_identity_alone), Vault, "", null },
        { nameof(PolicyTests.A_deleted_key_can_be_had_back), Vault, "properties.enablePurgeProtection", "null" },
        { nameof(PolicyTests.Neither_FTP_nor_deployments_take_a_user_name_and_a_password), $"{Credentials}:scm", "properties.allow", "true" },
        { nameof(PolicyTests.Neither_FTP_nor_deployments_take_a_user_name_and_a_password), $"{Credentials}:ftp", "", null },
        { nameof(PolicyTests.The_app_reaches_its_storage_and_telemetry_by_its_identity), Settings, "properties.AzureWebJobsStorage__credential", "\"key\"" },
        { nameof(PolicyTests.The_app_reaches_its_storage_and_telemetry_by_its_identity), Settings, "properties.AZURE_CLIENT_ID", "\"\"" },
        { nameof(PolicyTests.The_app_settings_hold_no_connection_string_to_storage), Settings, "properties.AzureWebJobsStorage", "\"AccountName=a\"" },
        { nameof(PolicyTests.Keys_are_in_the_app_settings_only_as_references_to_the_vault), Settings, "properties.Sessions__Jwt__SigningKeys", "\"k1:abc\"" },
        { nameof(PolicyTests.Keys_are_in_the_app_settings_only_as_references_to_the_vault), Site, "properties.keyVaultReferenceIdentity", null },
        { nameof(PolicyTests.The_identity_has_the_roles_it_needs_each_on_one_resource_and_no_other), Role, "", null },
        {
            nameof(PolicyTests.The_identity_has_the_roles_it_needs_each_on_one_resource_and_no_other), Role, "properties.roleDefinitionId",
            "\"/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635\""
        },
        { nameof(PolicyTests.The_identity_has_the_roles_it_needs_each_on_one_resource_and_no_other), Role, "id", "\"[resourceId('x', 'y')]\"" },
        { nameof(PolicyTests.Nothing_is_set_that_Flex_Consumption_refuses_or_ignores), Settings, "properties.FUNCTIONS_WORKER_RUNTIME", "\"dotnet\"" },
        { nameof(PolicyTests.Nothing_is_set_that_Flex_Consumption_refuses_or_ignores), Site, "properties.siteConfig.ftpsState", "\"Disabled\"" },
        { nameof(PolicyTests.No_origin_is_let_in_unless_named), Site, "properties.siteConfig.cors.allowedOrigins", "[\"*\"]" },
        {
            nameof(PolicyTests.HSTS_holds_for_subdomains_only_where_asked_for), Settings,
            "properties.AzureFunctionsJobHost__extensions__http__hsts__includeSubDomains", "\"False\""
        },
        { nameof(PolicyTests.The_platform_shows_no_page_of_its_own), Settings, "properties.AzureWebJobsDisableHomepage", "\"false\"" },
        { nameof(PolicyTests.Private_mode_closes_storage_Cosmos_DB_and_the_vault), Vault, "properties.publicNetworkAccess", "\"Enabled\"" },
        { nameof(PolicyTests.Private_mode_closes_storage_Cosmos_DB_and_the_vault), Storage, "properties.networkAcls.defaultAction", "\"Allow\"" },
        { nameof(PolicyTests.Private_mode_gives_each_service_an_endpoint_and_its_name_a_zone), "Microsoft.Network/privateEndpoints", "", null },
        { nameof(PolicyTests.Private_mode_gives_each_service_an_endpoint_and_its_name_a_zone), "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "", null },
        {
            nameof(PolicyTests.Private_mode_gives_each_service_an_endpoint_and_its_name_a_zone), "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "",
            null
        },
        { nameof(PolicyTests.In_private_mode_the_app_sends_through_the_network_and_starts_after_the_endpoints), Site, "properties.virtualNetworkSubnetId", "null" },
        { nameof(PolicyTests.In_private_mode_the_app_sends_through_the_network_and_starts_after_the_endpoints), "template", "resources.app.dependsOn", "[]" },
        { nameof(PolicyTests.What_runs_and_what_holds_data_sends_its_logs_to_the_workspace), "Microsoft.Insights/diagnosticSettings", "", null },
        { nameof(PolicyTests.An_alert_asks_the_logs), $"{Query}:-cleanup", "properties.criteria.allOf.0.query", "\"requests\"" },
        { nameof(PolicyTests.An_alert_counts_throttled_requests), "Microsoft.Insights/metricAlerts", "properties.criteria.allOf.0.metricName", "\"Requests\"" },
        { nameof(PolicyTests.Every_alert_is_on_and_tells_the_people), $"{Query}:-5xx", "properties.actions", "{}" },
        { nameof(PolicyTests.Every_alert_is_on_and_tells_the_people), $"{Query}:-latency", "properties.enabled", "false" },
        { nameof(PolicyTests.No_key_of_a_service_is_asked_for), "template", "variables.key", "\"[listKeys('x', '2024-01-01').keys[0].value]\"" },
        { nameof(PolicyTests.No_output_gives_a_secret_away), "template", "outputs.ENDPOINT.value", "\"[reference('x').ConnectionString]\"" },
        { nameof(PolicyTests.No_secret_is_written_down), "template", "variables.adminPassword", "\"correct horse\"" },
        { nameof(PolicyTests.No_secret_is_written_down), "template", "variables.other", "\"AccountKey=abc\"" },
        { nameof(PolicyTests.A_parameter_takes_the_name_of_a_secret_and_never_the_secret), "template", "parameters.encryptionKeys", "{}" },
        { nameof(PolicyTests.Every_parameter_and_output_is_described), "template", "parameters.shards.metadata", null },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_breach_is_noticed(string policy, string where, string path, string? json)
    {
        var broken = new PolicyTests { Plain = await Deployment.PlainAsync(), Full = (await Deployment.FullAsync()).With(where, path, json) };
        var method = typeof(PolicyTests).GetMethod(policy)!;
        var cases = method.GetCustomAttributes<InlineDataAttribute>().Select(data => data.Data).DefaultIfEmpty(null);

        Assert.ThrowsAny<XunitException>(() =>
        {
            foreach (var arguments in cases)
            {
                method.Invoke(broken, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
            }
        });
    }

    [Fact]
    public void Every_policy_was_seen_failing() =>
        Assert.Equal(
            typeof(PolicyTests).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))).Select(method => method.Name).Order(),
            Breaches.Select(breach => breach.Data.Item1).Distinct().Order());
}
