// Every policy holds on the templates, and every policy was seen failing: each one reports a template broken on purpose.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseAll, readTemplates } from './lib/bicep.mjs';
import { findings, policies } from './lib/policies.mjs';

const sources = readTemplates();
const files = parseAll(sources);

/** What is broken: the policy that must notice, the file, the text in it, and what stands there instead. */
const mutations = [
  ['every template parses', 'infra/main.bicep', 'scope: group\n', 'scope: = group\n'],
  [
    'every resource has an API version out of the list',
    'infra/modules/storage.bicep',
    'storageAccounts@2024-01-01',
    'storageAccounts@2024-02-30',
  ],
  [
    'every resource has an API version out of the list',
    'infra/modules/app.bicep',
    "'Microsoft.Web/serverfarms@2024-04-01'",
    "'Microsoft.Web/farms@2024-04-01'",
  ],
  ['every parameter and output is described', 'infra/main.bicep', "@description('Time without use after which a session ends.')\n", ''],
  ['every parameter and output is described', 'infra/modules/app.bicep', "@description('Name of the function app.')\noutput", 'output'],
  ['every parameter and variable is used', 'infra/main.bicep', '  Sessions__IdleTimeout: idleTimeout\n', ''],
  ['every parameter and variable is used', 'infra/modules/storage.bicep', 'var roles = [', 'var spare = 1\nvar roles = ['],
  ['every module is used, and every used one exists', 'infra/main.bicep', "'modules/domain.bicep'", "'modules/alerts.bicep'"],
  ['every module is used, and every used one exists', 'infra/main.bicep', "'modules/cosmos.bicep'", "'modules/kosmos.bicep'"],
  ['a module is given the parameters it declares, no more and no less', 'infra/main.bicep', '    skuName: storageSku\n', ''],
  [
    'a module is given the parameters it declares, no more and no less',
    'infra/main.bicep',
    '    skuName: storageSku\n',
    '    skuName: storageSku\n    tier: storageSku\n',
  ],
  ['outputs asked of a module exist', 'infra/main.bicep', 'identity.outputs.name', 'identity.outputs.label'],
  ['outputs asked of a module exist', 'infra/main.bicep', "keyVault.?outputs.name ?? ''", 'keyVault.outputs.name'],
  [
    'no secret is written down',
    'infra/modules/app.bicep',
    "AzureWebJobsStorage__credential: 'managedidentity'",
    "AzureWebJobsStorage: 'AccountName=a;AccountKey=b'",
  ],
  ['no secret is written down', 'infra/main.bicep', "param encryptionKeysSecretName string = ''", "param encryptionKeys string = 'k1:abc'"],
  ['no secret is written down', 'infra/main.bicep', 'param tags object = {}', "param tags object = { adminPassword: 'correct horse' }"],
  ['no secret is written down', 'infra/main.bicep', "param customDomain string = ''", "@secure()\nparam customDomain string = 'given'"],
  [
    'no output gives a secret away',
    'infra/modules/storage.bicep',
    'output name string = account.name',
    'output name string = account.listKeys().keys[0].value',
  ],
  [
    'no output gives a secret away',
    'infra/main.bicep',
    'output ENDPOINT string = ',
    'output ENDPOINT string = app.outputs.ConnectionString\noutput OTHER string = ',
  ],
  [
    'no key of a service is asked for',
    'infra/modules/app.bicep',
    'AZURE_CLIENT_ID: identity.properties.clientId',
    'AZURE_CLIENT_ID: storage.listKeys().keys[0].value',
  ],
  [
    'hardening settings are what the review expects',
    'infra/modules/storage.bicep',
    'allowSharedKeyAccess: false',
    'allowSharedKeyAccess: true',
  ],
  ['hardening settings are what the review expects', 'infra/modules/storage.bicep', '    allowBlobPublicAccess: false\n', ''],
  ['hardening settings are what the review expects', 'infra/modules/storage.bicep', "'TLS1_2'", "'TLS1_0'"],
  ['hardening settings are what the review expects', 'infra/modules/storage.bicep', "privateNetwork ? 'Disabled' : 'Enabled'", "'Enabled'"],
  ['hardening settings are what the review expects', 'infra/modules/app.bicep', 'httpsOnly: true', 'httpsOnly: false'],
  ['hardening settings are what the review expects', 'infra/modules/app.bicep', 'allow: false', 'allow: true'],
  ['hardening settings are what the review expects', 'infra/modules/app.bicep', 'allowedOrigins: allowedOrigins', "allowedOrigins: ['*']"],
  ['hardening settings are what the review expects', 'infra/modules/cosmos.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'],
  [
    'hardening settings are what the review expects',
    'infra/modules/key-vault.bicep',
    'enableRbacAuthorization: true',
    'enableRbacAuthorization: false',
  ],
  ['hardening settings are what the review expects', 'infra/modules/monitoring.bicep', 'DisableLocalAuth: true', 'DisableLocalAuth: false'],
  ['the resources the review is about are there', 'infra/modules/app.bicep', "    name: 'scm'\n", "    name: 'ftp'\n"],
  [
    'the resources the review is about are there',
    'infra/modules/key-vault.bicep',
    "'Microsoft.KeyVault/vaults@2023-07-01' =",
    "'Microsoft.KeyVault/vaults@2023-07-01' existing =",
  ],
  [
    'the app reaches its storage and telemetry by identity',
    'infra/modules/app.bicep',
    "AzureWebJobsStorage__credential: 'managedidentity'",
    "AzureWebJobsStorage__credential: 'key'",
  ],
  ['the app reaches its storage and telemetry by identity', 'infra/modules/app.bicep', ';Authorization=AAD', ''],
  [
    'the app reaches its storage and telemetry by identity',
    'infra/main.bicep',
    '  Sessions__Shards: string(shards)\n',
    '  Sessions__Storage__ConnectionString: string(shards)\n',
  ],
  [
    'keys come from the vault by reference',
    'infra/main.bicep',
    '  Sessions__Shards: string(shards)\n',
    '  Sessions__EncryptionKeys: string(shards)\n',
  ],
  [
    'keys come from the vault by reference',
    'infra/modules/app.bicep',
    '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})',
    '${setting.value}',
  ],
  ['keys come from the vault by reference', 'infra/modules/app.bicep', '    keyVaultReferenceIdentity: identity.id\n', ''],
  [
    'roles are the ones in the table, granted where the table says, on one resource',
    'infra/modules/storage.bicep',
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  ],
  [
    'roles are the ones in the table, granted where the table says, on one resource',
    'infra/modules/storage.bicep',
    "  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n",
    '',
  ],
  [
    'roles are the ones in the table, granted where the table says, on one resource',
    'infra/modules/storage.bicep',
    '    scope: account\n',
    '    scope: resourceGroup()\n',
  ],
  [
    'roles are the ones in the table, granted where the table says, on one resource',
    'infra/modules/key-vault.bicep',
    '4633458b-17de-408a-874c-0445c86b69e6',
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  ],
  [
    'nothing that Flex Consumption rejects is set',
    'infra/modules/app.bicep',
    '      http20Enabled: true\n',
    "      ftpsState: 'Disabled'\n",
  ],
  [
    'nothing that Flex Consumption rejects is set',
    'infra/main.bicep',
    'CleanupSchedule: cleanupSchedule',
    'WEBSITE_RUN_FROM_PACKAGE: cleanupSchedule',
  ],
  ['nothing that Flex Consumption rejects is set', 'infra/modules/app.bicep', 'AZURE_CLIENT_ID:', 'FUNCTIONS_WORKER_RUNTIME:'],
  [
    'no address of a cloud is written down',
    'infra/main.bicep',
    'privatelink.${part}.${environment().suffixes.storage}',
    'privatelink.${part}.core.windows.net',
  ],
  [
    'children name their parent, and ids come from symbols',
    'infra/modules/domain.bicep',
    '  parent: site\n  name: hostName\n',
    '  name: hostName\n',
  ],
  [
    'children name their parent, and ids come from symbols',
    'infra/modules/domain.bicep',
    '  parent: site\n  name: hostName\n',
    "  name: '${siteName}/${hostName}'\n",
  ],
  [
    'children name their parent, and ids come from symbols',
    'infra/modules/app.bicep',
    'serverFarmId: plan.id',
    "serverFarmId: resourceId('Microsoft.Web/serverfarms', planName)",
  ],
  ['a wildcard origin stops the deployment', 'infra/main.bicep', 'allowedOrigins: checkedOrigins', 'allowedOrigins: allowedOrigins'],
  [
    'a wildcard origin stops the deployment',
    'infra/main.bicep',
    'param allowedOrigins string[] = []',
    "param allowedOrigins string[] = ['*']",
  ],
  ['a wildcard origin stops the deployment', 'infra/main.bicep', ': fail(', ': array('],
  ['private mode closes and connects every part', 'infra/main.bicep', "['blob', 'queue', 'table']", "['blob', 'table']"],
  ['private mode closes and connects every part', 'infra/main.bicep', '    storageEndpoints\n', ''],
  [
    'private mode closes and connects every part',
    'infra/modules/network.bicep',
    "'Microsoft.App/environments'",
    "'Microsoft.Web/serverFarms'",
  ],
  [
    'private mode closes and connects every part',
    'infra/modules/app.bicep',
    '    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId\n',
    '',
  ],
  ['private mode closes and connects every part', 'infra/modules/private-endpoint.bicep', "'privateDnsZoneGroups'", "'somethingElse'"],
  ['what runs is watched', 'infra/modules/app.bicep', '  scope: site\n', '  scope: plan\n'],
  ['what runs is watched', 'infra/modules/alerts.bicep', 'percentilew(duration, itemCount, 95)', 'avg(duration)'],
  ['what runs is watched', 'infra/modules/alerts.bicep', '${sweepFunctionName}', 'Sweep'],
];

for (const name of Object.keys(policies)) {
  suite(name, () => {
    test('holds on the templates', () => {
      assert.deepEqual(findings(files, name), []);
    });

    const own = mutations.filter(([policy]) => policy === name);
    test('was seen failing', () => assert.ok(own.length > 0, 'no mutation breaks a template for this policy'));

    for (const [, path, ...change] of own) {
      const [from, to] = change.slice(-2);
      test(`reports ${path.split('/').pop()}: ${label(from)} -> ${label(to)}`, () => {
        assert.ok(sources.get(path)?.includes(from), `${path} no longer holds ${JSON.stringify(from)}; break something else`);
        const broken = parseAll(
          new Map(sources).set(
            path,
            sources.get(path).replace(from, () => to),
          ),
        );
        assert.notDeepEqual(findings(broken, name), []);
      });
    }
  });
}

test('no mutation names a policy that is gone', () => {
  assert.deepEqual(
    mutations.map(([policy]) => policy).filter((policy) => !(policy in policies)),
    [],
  );
});

function label(text) {
  const line = text.trim().replace(/\s+/g, ' ');
  return line === '' ? 'nothing' : line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
