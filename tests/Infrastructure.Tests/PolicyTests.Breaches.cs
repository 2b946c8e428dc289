using System.Reflection;
using Xunit.Sdk;

namespace Infrastructure.Tests;

public sealed partial class PolicyTests
{
    /// <summary>
    /// Each policy notices a template that breaks it: where, the path, and the JSON that stands there instead (none: it is gone).
    /// </summary>
    public sealed class Breaches
    {
        private const string Settings = "Microsoft.Web/sites/config";

        private static readonly Dictionary<string, (string Where, string Path, string? Json)[]> OfPolicy = new(StringComparer.Ordinal)
        {
            [nameof(Storage_takes_no_shared_keys_and_no_other_tenants_copies)] =
            [
                (Storage, "properties.allowSharedKeyAccess", "true"),
                (Storage, "properties.allowCrossTenantReplication", null),
            ],
            [nameof(No_blob_is_public)] =
            [
                (Storage, "properties.allowBlobPublicAccess", null),
                ($"{Storage}/blobServices/containers", "properties.publicAccess", "\"Blob\""),
            ],
            [nameof(Nothing_is_reached_without_HTTPS_and_TLS_1_2)] =
            [
                (Storage, "properties.minimumTlsVersion", "\"TLS1_0\""),
                (Cosmos, "properties.minimalTlsVersion", null),
                (Site, "properties.httpsOnly", "false"),
            ],
            [nameof(Cosmos_DB_the_vault_and_telemetry_go_by_identity_alone)] =
            [
                (Cosmos, "properties.disableLocalAuth", "false"),
                (Vault, "", null),
            ],
            [nameof(A_deleted_key_can_be_had_back)] =
            [
                (Vault, "properties.enablePurgeProtection", "null"),
            ],
            [nameof(Neither_FTP_nor_deployments_take_a_user_name_and_a_password)] =
            [
                ($"{Credentials}:scm", "properties.allow", "true"),
                ($"{Credentials}:ftp", "", null),
            ],
            [nameof(The_app_reaches_its_storage_and_telemetry_by_its_identity)] =
            [
                (Settings, "properties.AzureWebJobsStorage__credential", "\"key\""),
                (Settings, "properties.AZURE_CLIENT_ID", "\"\""),
            ],
            [nameof(The_app_settings_hold_no_connection_string_to_storage)] =
            [
                (Settings, "properties.AzureWebJobsStorage", "\"AccountName=a\""),
            ],
            [nameof(Keys_are_in_the_app_settings_only_as_references_to_the_vault)] =
            [
                (Settings, "properties.Sessions__Jwt__SigningKeys", "\"k1:abc\""),
                (Site, "properties.keyVaultReferenceIdentity", null),
            ],
            [nameof(The_identity_has_the_roles_it_needs_each_on_one_resource_and_no_other)] =
            [
                (Role, "", null),
                (Role, "properties.roleDefinitionId", "\"/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635\""),
                (Role, "id", "\"[resourceId('x', 'y')]\""),
            ],
            [nameof(Nothing_is_set_that_Flex_Consumption_refuses_or_ignores)] =
            [
                (Settings, "properties.FUNCTIONS_WORKER_RUNTIME", "\"dotnet\""),
                (Site, "properties.siteConfig.ftpsState", "\"Disabled\""),
            ],
            [nameof(No_origin_is_let_in_unless_named)] =
            [
                (Site, "properties.siteConfig.cors.allowedOrigins", "[\"*\"]"),
            ],
            [nameof(HSTS_holds_for_subdomains_only_where_asked_for)] =
            [
                (Settings, "properties.AzureFunctionsJobHost__extensions__http__hsts__includeSubDomains", "\"False\""),
            ],
            [nameof(The_platform_shows_no_page_of_its_own)] =
            [
                (Settings, "properties.AzureWebJobsDisableHomepage", "\"false\""),
            ],
            [nameof(Private_mode_closes_storage_Cosmos_DB_and_the_vault)] =
            [
                (Vault, "properties.publicNetworkAccess", "\"Enabled\""),
                (Storage, "properties.networkAcls.defaultAction", "\"Allow\""),
            ],
            [nameof(Private_mode_gives_each_service_an_endpoint_and_its_name_a_zone)] =
            [
                (Endpoint, "", null),
                ($"{Endpoint}/privateDnsZoneGroups", "", null),
                ("Microsoft.Network/privateDnsZones/virtualNetworkLinks", "", null),
            ],
            [nameof(In_private_mode_the_app_sends_through_the_network_and_starts_after_the_endpoints)] =
            [
                (Site, "properties.virtualNetworkSubnetId", "null"),
                ("template", "resources.app.dependsOn", "[]"),
            ],
            [nameof(What_runs_and_what_holds_data_sends_its_logs_to_the_workspace)] =
            [
                ("Microsoft.Insights/diagnosticSettings", "", null),
            ],
            [nameof(An_alert_asks_the_logs)] =
            [
                ($"{Query}:-cleanup", "properties.criteria.allOf.0.query", "\"requests\""),
            ],
            [nameof(An_alert_counts_throttled_requests)] =
            [
                ("Microsoft.Insights/metricAlerts", "properties.criteria.allOf.0.metricName", "\"Requests\""),
            ],
            [nameof(Every_alert_is_on_and_tells_the_people)] =
            [
                ($"{Query}:-5xx", "properties.actions", "{}"),
                ($"{Query}:-latency", "properties.enabled", "false"),
            ],
            [nameof(No_key_of_a_service_is_asked_for)] =
            [
                ("template", "variables.key", "\"[listKeys('x', '2024-01-01').keys[0].value]\""),
            ],
            [nameof(No_output_gives_a_secret_away)] =
            [
                ("template", "outputs.ENDPOINT.value", "\"[reference('x').ConnectionString]\""),
            ],
            [nameof(No_secret_is_written_down)] =
            [
                ("template", "variables.adminPassword", "\"correct horse\""),
                ("template", "variables.other", "\"AccountKey=abc\""),
            ],
            [nameof(A_parameter_takes_the_name_of_a_secret_and_never_the_secret)] =
            [
                ("template", "parameters.encryptionKeys", "{}"),
            ],
            [nameof(Every_parameter_and_output_is_described)] =
            [
                ("template", "parameters.shards.metadata", null),
            ],
        };

        public static TheoryData<string, string, string, string?> All =>
            [.. from policy in OfPolicy from breach in policy.Value select (policy.Key, breach.Where, breach.Path, breach.Json)];

        [Theory]
        [MemberData(nameof(All))]
        public async Task A_breach_is_noticed(string policy, string where, string path, string? json)
        {
            var (plain, full) = (await Deployment.PlainAsync(), await Deployment.FullAsync());
            var broken = new PolicyTests { Plain = plain, Full = full.With(where, path, json) };
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
        public void Every_policy_was_seen_failing()
        {
            var policies = typeof(PolicyTests).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)));

            Assert.Equal(policies.Select(method => method.Name).Order(), OfPolicy.Keys.Order());
        }
    }
}
