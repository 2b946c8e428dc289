// What a security review would ask of the templates. Each policy gives its findings; none means it holds.
import { objects, property, resolveModule, strings } from './bicep.mjs';

/** Versions that exist in Azure and were looked up. A new one is looked up too before it joins. */
export const apiVersions = {
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.DocumentDB/databaseAccounts': '2024-11-15',
  'Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments': '2026-03-15',
  'Microsoft.DocumentDB/databaseAccounts/tables': '2024-11-15',
  'Microsoft.Insights/actionGroups': '2023-01-01',
  'Microsoft.Insights/components': '2020-02-02',
  'Microsoft.Insights/diagnosticSettings': '2021-05-01-preview',
  'Microsoft.Insights/metricAlerts': '2018-03-01',
  'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
  'Microsoft.KeyVault/vaults': '2023-07-01',
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2023-01-31',
  'Microsoft.Network/networkSecurityGroups': '2024-05-01',
  'Microsoft.Network/privateDnsZones': '2024-06-01',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': '2024-06-01',
  'Microsoft.Network/privateEndpoints': '2024-05-01',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': '2024-05-01',
  'Microsoft.Network/virtualNetworks': '2024-05-01',
  'Microsoft.Network/virtualNetworks/subnets': '2024-05-01',
  'Microsoft.OperationalInsights/workspaces': '2023-09-01',
  'Microsoft.Resources/resourceGroups': '2024-03-01',
  'Microsoft.Storage/storageAccounts': '2024-01-01',
  'Microsoft.Storage/storageAccounts/blobServices': '2024-01-01',
  'Microsoft.Storage/storageAccounts/blobServices/containers': '2024-01-01',
  'Microsoft.Storage/storageAccounts/tableServices': '2024-01-01',
  'Microsoft.Storage/storageAccounts/tableServices/tables': '2024-01-01',
  'Microsoft.Web/serverfarms': '2024-04-01',
  'Microsoft.Web/sites': '2024-04-01',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': '2024-04-01',
  'Microsoft.Web/sites/certificates': '2025-03-01',
  'Microsoft.Web/sites/config': '2024-04-01',
  'Microsoft.Web/sites/hostNameBindings': '2024-04-01',
};

/** Built-in roles the identity may hold, and the template that may grant them. */
export const roles = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': { name: 'Storage Blob Data Owner', file: 'infra/modules/storage.bicep' },
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': { name: 'Storage Queue Data Contributor', file: 'infra/modules/storage.bicep' },
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': { name: 'Storage Table Data Contributor', file: 'infra/modules/storage.bicep' },
  '3913510d-42f4-4e42-8a64-420c390055eb': { name: 'Monitoring Metrics Publisher', file: 'infra/modules/monitoring.bicep' },
  '4633458b-17de-408a-874c-0445c86b69e6': { name: 'Key Vault Secrets User', file: 'infra/modules/key-vault.bicep' },
  '00000000-0000-0000-0000-000000000002': { name: 'Cosmos DB Built-in Data Contributor', file: 'infra/modules/cosmos.bicep' },
};

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Property values that a resource type must have, as they are written. Where private mode decides, both answers must be there. */
const required = {
  'Microsoft.Storage/storageAccounts': [
    [['properties', 'allowSharedKeyAccess'], 'false'],
    [['properties', 'allowBlobPublicAccess'], 'false'],
    [['properties', 'allowCrossTenantReplication'], 'false'],
    [['properties', 'supportsHttpsTrafficOnly'], 'true'],
    [['properties', 'minimumTlsVersion'], "'TLS1_2'"],
    [['properties', 'publicNetworkAccess'], "privateNetwork ? 'Disabled' : 'Enabled'"],
    [['properties', 'networkAcls', 'defaultAction'], "privateNetwork ? 'Deny' : 'Allow'"],
  ],
  'Microsoft.Storage/storageAccounts/blobServices/containers': [[['properties', 'publicAccess'], "'None'"]],
  'Microsoft.DocumentDB/databaseAccounts': [
    [['properties', 'disableLocalAuth'], 'true'],
    [['properties', 'minimalTlsVersion'], "'Tls12'"],
    [['properties', 'publicNetworkAccess'], "privateNetwork ? 'Disabled' : 'Enabled'"],
  ],
  'Microsoft.KeyVault/vaults': [
    [['properties', 'enableRbacAuthorization'], 'true'],
    [['properties', 'enableSoftDelete'], 'true'],
    [['properties', 'publicNetworkAccess'], "privateNetwork ? 'Disabled' : 'Enabled'"],
    [['properties', 'networkAcls', 'defaultAction'], "privateNetwork ? 'Deny' : 'Allow'"],
  ],
  'Microsoft.Insights/components': [[['properties', 'DisableLocalAuth'], 'true']],
  'Microsoft.Web/sites': [
    [['properties', 'httpsOnly'], 'true'],
    [['properties', 'siteConfig', 'minTlsVersion'], "'1.2'"],
    [['identity', 'type'], "'UserAssigned'"],
    [['properties', 'functionAppConfig', 'runtime', 'name'], "'dotnet-isolated'"],
    [['properties', 'functionAppConfig', 'runtime', 'version'], "'10.0'"],
    [['properties', 'functionAppConfig', 'deployment', 'storage', 'authentication', 'type'], "'UserAssignedIdentity'"],
    [['properties', 'siteConfig', 'cors', 'allowedOrigins'], 'allowedOrigins'],
  ],
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': [[['properties', 'allow'], 'false']],
};

/** What Flex Consumption rejects, ignores or has moved into functionAppConfig, by Microsoft's list of its deprecations. */
const notOnFlex = new RegExp(
  `^(${[
    'ENABLE_ORYX_BUILD',
    'FUNCTIONS_(EXTENSION_VERSION|WORKER_RUNTIME|WORKER_RUNTIME_VERSION|MAX_HTTP_CONCURRENCY|WORKER_PROCESS_COUNT)',
    'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
    'SCM_DO_BUILD_DURING_DEPLOYMENT',
    'WEBSITE_.*',
    'alwaysOn|containerSize|dnsConfiguration|ftpsState|isReserved|isXenon|use32BitWorkerProcess',
    '(java|linuxFx|netFramework|powerShell|windowsFx)Version',
    'functionAppScaleLimit|preWarmedInstanceCount',
    'vnet(BackupRestore|ContentShare|ImagePull|RouteAll)Enabled',
  ].join('|')})$`,
  'i',
);

const secretName = /password|pwd|secret|accountkey|acctkey|connectionstring|sharedkey|signingkey|encryptionkey/i;
const secretText =
  /AccountKey=|SharedAccessKey|SharedAccessSignature|[?&]sig=|InstrumentationKey=|-----BEGIN|\b[A-Za-z0-9+/]{43}=|\b[A-Za-z0-9+/]{86}==/;

function* everyValue(file) {
  for (const each of [...file.params, ...file.vars, ...file.outputs]) if (each.value) yield each.value;
  for (const each of [...file.resources, ...file.modules]) yield each.body;
}

const describe = (decorators) =>
  decorators.find((each) => each.name === 'description' || each.name === 'sys.description')?.arguments[0]?.value ?? '';

export const policies = {
  *'every template parses'(files) {
    for (const file of files) yield* file.errors;
  },

  *'every resource has an API version out of the list'(files) {
    for (const file of files)
      for (const { type, version, line } of file.resources) {
        if (!(type in apiVersions)) yield `${file.path}:${line}: ${type} is in no list of versions`;
        else if (apiVersions[type] !== version) yield `${file.path}:${line}: ${type}@${version}, the list says ${apiVersions[type]}`;
      }
  },

  *'every parameter and output is described'(files) {
    for (const file of files)
      for (const each of [...file.params, ...file.outputs])
        if (describe(each.decorators).trim().length < 5) yield `${file.path}:${each.line}: ${each.name} has no description`;
  },

  *'every parameter and variable is used'(files) {
    for (const file of files)
      for (const each of [...file.params, ...file.vars])
        if (file.words.get(each.name) < 2) yield `${file.path}:${each.line}: ${each.name} is never used`;
  },

  *'every module is used, and every used one exists'(files) {
    const known = new Set(files.map((file) => file.path));
    const used = new Set();
    for (const file of files)
      for (const module of file.modules) {
        const path = resolveModule(file, module.path);
        used.add(path);
        if (!known.has(path)) yield `${file.path}:${module.line}: there is no ${path}`;
      }
    for (const path of known) if (path !== 'infra/main.bicep' && !used.has(path)) yield `${path} is used by no template`;
  },

  *'a module is given the parameters it declares, no more and no less'(files) {
    for (const file of files)
      for (const module of file.modules) {
        const target = files.find((each) => each.path === resolveModule(file, module.path));
        if (!target) continue;
        const body = objects(module.body).next().value;
        const given = property(body, 'params')?.properties.map((each) => each.name) ?? [];
        for (const name of given)
          if (!target.params.some((each) => each.name === name))
            yield `${file.path}:${module.line}: ${target.path} has no parameter ${name}`;
        for (const each of target.params)
          if (!each.value && !each.type.endsWith('?') && !given.includes(each.name))
            yield `${file.path}:${module.line}: ${target.path} wants ${each.name}`;
      }
  },

  *'outputs asked of a module exist'(files) {
    for (const file of files)
      for (const module of file.modules) {
        const target = files.find((each) => each.path === resolveModule(file, module.path));
        const asked = file.source.matchAll(new RegExp(`\\b${module.name}(\\.\\??outputs)\\.\\??(\\w+)`, 'g'));
        for (const [, access, name] of asked) {
          if (!target?.outputs.some((each) => each.name === name)) yield `${file.path}: ${module.path} has no output ${name}`;
          // A module that may not be deployed has no outputs then; a plain access would fail the deployment.
          if (module.body.kind === 'if_statement' && access === '.outputs' && !allImply(file, module))
            yield `${file.path}: ${module.name} is conditional, ask for .?outputs`;
        }
      }
  },

  *'no secret is written down'(files) {
    for (const file of files) {
      for (const value of everyValue(file)) {
        for (const each of strings(value))
          if (secretText.test(each.value)) yield `${file.path}:${each.line}: ${each.text.slice(0, 40)} looks like a secret`;
        for (const object of objects(value))
          for (const { name, line, value: set } of object.properties)
            if (secretName.test(name) && set.kind === 'string' && !set.interpolated && set.value !== '')
              yield `${file.path}:${line}: ${name} is set to a literal`;
      }
      for (const { name, line, decorators, value } of file.params) {
        const secure = decorators.some((each) => each.name === 'secure');
        if (secure && value && value.text !== "''" && value.text !== 'newGuid()')
          yield `${file.path}:${line}: the secure parameter ${name} has a default`;
        if (!secure && secretName.test(name) && !/(Secret)?Name$/.test(name)) yield `${file.path}:${line}: ${name} must be secure`;
        if (!secure && secretName.test(name) && value?.kind === 'string' && value.value !== '')
          yield `${file.path}:${line}: ${name} has a literal default`;
      }
    }
  },

  *'no output gives a secret away'(files) {
    for (const file of files)
      for (const output of file.outputs) {
        if (
          /list(Keys|Secrets|AccountSas|ServiceSas|ConnectionStrings|Value)?\s*\(|ConnectionString|InstrumentationKey|\.getSecret\(/.test(
            output.value.text,
          )
        )
          yield `${file.path}:${output.line}: output ${output.name} holds ${output.value.text.slice(0, 60)}`;
        for (const param of file.params)
          if (param.decorators.some((each) => each.name === 'secure') && new RegExp(`\\b${param.name}\\b`).test(output.value.text))
            yield `${file.path}:${output.line}: output ${output.name} shows the secure parameter ${param.name}`;
      }
  },

  *'no key of a service is asked for'(files) {
    for (const file of files)
      for (const [index, line] of file.source.split('\n').entries())
        if (/\blist(Keys|AccountSas|ServiceSas|ConnectionStrings)\s*\(/.test(line.replace(/\/\/.*/, '')))
          yield `${file.path}:${index + 1}: ${line.trim()}`;
  },

  *'hardening settings are what the review expects'(files) {
    for (const file of files)
      for (const resource of file.resources.filter((each) => !each.existing))
        for (const [path, expected] of required[resource.type] ?? []) {
          const actual = property(resource.object, ...path)?.text;
          if (actual !== expected)
            yield `${file.path}:${resource.line}: ${resource.type} ${path.join('.')} is ${actual ?? 'not set'}, not ${expected}`;
        }
  },

  *'the resources the review is about are there'(files) {
    const made = new Set(files.flatMap((file) => file.resources.filter((each) => !each.existing).map((each) => each.type)));
    for (const type of Object.keys(required)) if (!made.has(type)) yield `no template makes a ${type}`;
    for (const kind of ["'ftp'", "'scm'"]) {
      const policies = files.flatMap((file) => file.resources.filter((each) => each.type.endsWith('/basicPublishingCredentialsPolicies')));
      if (!policies.some((each) => property(each.object, 'name')?.text === kind)) yield `basic credentials of ${kind} are not turned off`;
    }
  },

  *'the app reaches its storage and telemetry by identity'(files) {
    const settings = files.flatMap((file) => file.resources).find((each) => each.type === 'Microsoft.Web/sites/config');
    const text = settings?.object.text ?? '';
    const own = [...objects(settings?.body)].flatMap((each) => each.properties);
    const value = (name) => own.find((each) => each.name === name)?.value.text;
    const expected = {
      AzureWebJobsStorage__accountName: 'storage.name',
      AzureWebJobsStorage__credential: "'managedidentity'",
      AzureWebJobsStorage__clientId: 'identity.properties.clientId',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "'ClientId=${identity.properties.clientId};Authorization=AAD'",
      Sessions__Storage__Endpoint: 'tableEndpoint',
    };
    for (const [name, want] of Object.entries(expected))
      if (value(name) !== want) yield `app setting ${name} is ${value(name) ?? 'not set'}, not ${want}`;
    if (/AzureWebJobsStorage\s*:/.test(text)) yield 'AzureWebJobsStorage is a connection string';
    const options = files.find((file) => file.path === 'infra/main.bicep')?.vars.filter((each) => /ptions$/.test(each.name)) ?? [];
    for (const { value: set } of options)
      for (const each of set.properties ?? []) if (/ConnectionString$/.test(each.name)) yield `${each.name} is a connection string`;
  },

  *'keys come from the vault by reference'(files) {
    const main = files.find((file) => file.path === 'infra/main.bicep');
    const plain = main?.vars.find((each) => each.name === 'options')?.value.properties ?? [];
    for (const each of plain) if (secretName.test(each.name)) yield `${each.name} belongs into vaultOptions`;
    const app = files.find((file) => file.path.endsWith('/app.bicep'));
    if (!app?.source.includes('@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})'))
      yield 'vaultOptions become no key vault references';
    const site = app?.resources.find((each) => each.type === 'Microsoft.Web/sites');
    if (property(site?.object, 'properties', 'keyVaultReferenceIdentity')?.text !== 'identity.id')
      yield 'references are not resolved by the identity of the app';
  },

  *'roles are the ones in the table, granted where the table says, on one resource'(files) {
    const granted = new Set();
    for (const file of files) {
      for (const value of everyValue(file))
        for (const each of strings(value))
          for (const [id] of each.value.matchAll(guid)) {
            granted.add(id);
            if (!(id in roles)) yield `${file.path}:${each.line}: ${id} is in no table of roles`;
            else if (roles[id].file !== file.path)
              yield `${file.path}:${each.line}: ${roles[id].name} is granted in ${roles[id].file} only`;
          }
      for (const resource of file.resources.filter((each) => each.type === 'Microsoft.Authorization/roleAssignments')) {
        const scope = property(resource.object, 'scope')?.text;
        if (!scope || /resourceGroup|subscription/.test(scope))
          yield `${file.path}:${resource.line}: ${resource.name} is not held to one resource`;
        if (property(resource.object, 'properties', 'principalType')?.text !== "'ServicePrincipal'")
          yield `${file.path}:${resource.line}: ${resource.name} has no principalType`;
      }
    }
    for (const id of Object.keys(roles)) if (!granted.has(id)) yield `${roles[id].name} is granted nowhere`;
  },

  *'nothing that Flex Consumption rejects is set'(files) {
    for (const file of files)
      for (const value of everyValue(file))
        for (const object of objects(value))
          for (const { name, line } of object.properties) if (notOnFlex.test(name)) yield `${file.path}:${line}: ${name}`;
  },

  *'no address of a cloud is written down'(files) {
    // The table endpoint of Cosmos DB has no entry in environment().suffixes; its private DNS zone can only be written out.
    const allowed = new Set(['privatelink.table.cosmos.azure.com']);
    const hosts =
      /[\w.-]*\b(core\.windows\.net|vault\.azure\.net|azurewebsites\.net|cosmos\.azure\.com|management\.azure\.com|login\.microsoftonline\.com)\b/gi;
    for (const file of files)
      for (const value of everyValue(file))
        for (const each of strings(value))
          for (const [host] of each.value.matchAll(hosts)) if (!allowed.has(host)) yield `${file.path}:${each.line}: ${host}`;
  },

  *'children name their parent, and ids come from symbols'(files) {
    for (const file of files) {
      for (const resource of file.resources) {
        const name = property(resource.object, 'name');
        if (name?.kind === 'string' && name.value.replace(/\$\{[^}]*\}/g, '').includes('/'))
          yield `${file.path}:${resource.line}: ${resource.name} is named by path`;
        const levels = resource.type.split('/').length;
        if (levels > 2 && !resource.parent && !property(resource.object, 'parent'))
          yield `${file.path}:${resource.line}: ${resource.name} has no parent`;
      }
      for (const [index, line] of file.source.split('\n').entries())
        if (/(?<!subscription)(?<!\w)(resourceId|reference)\(/.test(line.replace(/\/\/.*/, '')))
          yield `${file.path}:${index + 1}: ${line.trim()}`;
    }
  },

  *'a wildcard origin stops the deployment'(files) {
    const main = files.find((file) => file.path === 'infra/main.bicep');
    const variable = (name) => main?.vars.find((each) => each.name === name)?.value.text.replace(/\s+/g, ' ') ?? '';
    if (variable('wildcards') !== "filter(allowedOrigins, origin => contains(origin, '*'))") yield 'wildcards are not looked for';
    if (!/^empty\(wildcards\) \? allowedOrigins : fail\(/.test(variable('checkedOrigins'))) yield 'wildcards do not fail the deployment';
    const app = main?.modules.find((each) => each.path === 'modules/app.bicep');
    if (property(objects(app?.body).next().value, 'params', 'allowedOrigins')?.text !== 'checkedOrigins')
      yield 'the app gets origins nobody checked';
    const origins = main?.params.find((each) => each.name === 'allowedOrigins')?.value;
    if (origins?.text !== '[]') yield 'allowedOrigins has a default that lets somebody in';
  },

  *'private mode closes and connects every part'(files) {
    const main = files.find((file) => file.path === 'infra/main.bicep');
    const endpoints = main?.modules.filter((each) => each.path === 'modules/private-endpoint.bicep') ?? [];
    const text = endpoints.map((each) => each.body.text).join('\n');
    for (const part of ['blob', 'queue', 'table']) if (!text.includes(`'${part}'`)) yield `no endpoint for ${part}`;
    for (const part of ["'Table'", "'vault'"]) if (!text.includes(`groupId: ${part}`)) yield `no endpoint for ${part}`;
    const app = main?.modules.find((each) => each.path === 'modules/app.bicep');
    const waits = property(objects(app?.body).next().value, 'dependsOn')?.text ?? '';
    for (const each of endpoints) if (!waits.includes(each.name)) yield `the app does not wait for ${each.name}`;
    const site = files.find((file) => file.path.endsWith('/app.bicep'))?.resources.find((each) => each.type === 'Microsoft.Web/sites');
    if (!property(site?.object, 'properties', 'virtualNetworkSubnetId')?.text.includes('subnetId'))
      yield 'the app sends past the virtual network';
    const network = files.find((file) => file.path.endsWith('/network.bicep'));
    if (!network?.source.includes("'Microsoft.App/environments'"))
      yield 'the subnet of the app is not delegated to Microsoft.App/environments';
    const zoned = files.find((file) => file.path.endsWith('/private-endpoint.bicep'));
    for (const type of [
      'Microsoft.Network/privateDnsZones',
      'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
      'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
    ])
      if (!zoned?.resources.some((each) => each.type === type)) yield `a private endpoint without ${type}`;
  },

  *'what runs is watched'(files) {
    const watched = new Set([
      'Microsoft.Storage/storageAccounts/tableServices',
      'Microsoft.Storage/storageAccounts/blobServices',
      'Microsoft.KeyVault/vaults',
      'Microsoft.DocumentDB/databaseAccounts',
      'Microsoft.Web/sites',
    ]);
    for (const file of files) {
      const scopes = file.resources
        .filter((each) => each.type === 'Microsoft.Insights/diagnosticSettings')
        .map((each) => property(each.object, 'scope')?.text.split('::').pop());
      for (const resource of file.resources)
        if (!resource.existing && watched.has(resource.type) && !scopes.includes(resource.name))
          yield `${file.path}:${resource.line}: ${resource.name} sends nothing to the workspace`;
    }
    const alerts = files.find((file) => file.path.endsWith('/alerts.bicep'));
    for (const [what, sign] of Object.entries({
      'the share of 5xx answers': '>= 500',
      'the 95th percentile': 'percentilew(',
      'the sweep': 'sweepFunctionName}',
      'storage throttling': 'ClientThrottlingError',
    }))
      if (
        !alerts?.resources.some(
          (each) => /Alerts$|QueryRules$/.test(each.type) && each.body.text.includes(sign) && each.body.text.includes('people.id'),
        )
      )
        yield `no alert watches ${what}`;
  },
};

/** A plain access is fine where the module that asks exists only together with the one asked. */
function allImply(file, module) {
  const condition = module.body.children[0].text;
  return file.modules
    .filter((each) => new RegExp(`\\b${module.name}\\.outputs`).test(each.body.text))
    .every((each) => each.body.kind === 'if_statement' && each.body.children[0].text === condition);
}

export function findings(files, name) {
  return [...policies[name](files)];
}
