// Everything SessionFunctions needs in one resource group. docs/deploy.md walks through it.
//
// A new option of the app takes two lines here: a typed parameter under "Options of the app" and an entry in `options`.
// A setting that is secret takes a parameter that names its key vault entry and an entry in `vaultOptions`.
targetScope = 'subscription'

// ---- Where and what ----

@description('Name of the environment, such as "prod". Part of the resource group\'s name and of the hash in every other name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string = deployment().location

@description('Tags of every resource, beside the one azd finds its environment by.')
param tags object = {}

@description('Name of the resource group; empty takes rg- and the environment\'s name.')
param resourceGroupName string = ''

@description('Name of the function app, part of its address; empty takes func- and a hash.')
@maxLength(60)
param functionAppName string = ''

@description('Name of the storage account, 3 to 24 lower-case letters and digits; empty takes st and a hash.')
@maxLength(24)
param storageAccountName string = ''

// ---- Size ----

@description('Memory of an instance in megabytes. The processor share grows with it: 512 is a quarter of a core, 2048 one, 4096 two.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('Upper limit of instances, and with it of cost. Each scales in and out by itself below it.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept warm for HTTP calls. 0 costs nothing and starts cold after a pause; zone redundancy wants at least 2.')
@minValue(0)
@maxValue(100)
param alwaysReadyInstances int = 0

@description('Calls an instance takes at a time before another is added; 0 leaves it to the platform, which goes by the memory.')
@minValue(0)
@maxValue(1000)
param httpConcurrency int = 0

@description('Spreads the instances over availability zones, in regions that have them.')
param zoneRedundant bool = false

// ---- Storage ----

@description('Redundancy of the storage account. LRS is everywhere, ZRS survives the loss of a zone, GRS and GZRS copy to a second region.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_RAGRS'
  'Standard_GZRS'
  'Standard_RAGZRS'
])
param storageSku string = 'Standard_LRS'

@description('Keeps the sessions in Cosmos DB for Table (serverless) instead of Storage tables. The host and the package stay in Storage.')
param useCosmos bool = false

@description('Creates a key vault. Implied as soon as an option names one of its entries.')
param createKeyVault bool = false

@description('Keeps deleted keys from being purged early. Can not be turned off again, and the vault\'s name stays taken for 90 days.')
param keyVaultPurgeProtection bool = true

// ---- Network ----

@description('Private mode: storage, Cosmos DB and key vault leave the public network, and the app reaches them through a virtual network.')
param privateNetwork bool = false

@description('Address range of the virtual network. Private mode only.')
param networkAddressPrefix string = '10.40.0.0/24'

@description('Address range of the subnet the app sends from, /27 or larger. Private mode only.')
param appSubnetPrefix string = '10.40.0.0/26'

@description('Address range of the subnet of the private endpoints. Private mode only.')
param endpointSubnetPrefix string = '10.40.0.64/27'

@description('Host name of your own for the API, such as sessions.example.org; empty for none. Its DNS records must exist first.')
param customDomain string = ''

@description('Lets HSTS hold for all subdomains of the API\'s host too. Only where each speaks HTTPS: browsers remember it for a year.')
param hstsIncludeSubDomains bool = false

@description('Name of the site\'s certificate for the host name; empty on the first deployment, before there is one.')
param customDomainCertificate string = ''

// ---- Watching it ----

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day after which ingestion, and every alert that reads logs, stops until the next day; -1 for no limit.')
@minValue(-1)
param logDailyQuotaGb int = 5

@description('Logs every storage request. Useful in an investigation, costly as a habit.')
param storageRequestLogs bool = false

@description('E-mail addresses that alerts go to.')
param alertEmails string[] = []

@description('Share of calls, in percent, that may fail with a 5xx status before the alert fires.')
@minValue(0)
@maxValue(100)
param alertFailureSharePercent int = 1

@description('Milliseconds that 95 percent of the calls must stay below.')
@minValue(1)
param alertLatencyMilliseconds int = 1000

@description('Throttled storage requests tolerated in five minutes.')
@minValue(0)
param alertThrottledRequests int = 20

// ---- Options of the app ----
// Names, defaults and meanings are those of docs/options.md; tests/Infrastructure.Tests/OptionsTests.cs holds them together.

// Every run wakes an instance, and no session lives longer for a rarer one: five minutes here, a minute on a developer's machine.
@description('When the cleanup of expired sessions runs: an NCRONTAB expression with seconds, in UTC.')
param cleanupSchedule string = '0 */5 * * * *'

@description('Name of the table.')
@minLength(3)
@maxLength(63)
param storageTable string = 'sessions'

@description('Number of partitions the sessions are spread over. Fixed once in use.')
@minValue(1)
@maxValue(256)
param shards int = 64

@description('Time without use after which a session ends.')
param idleTimeout string = '00:20:00'

@description('Time after which a session ends in any case.')
param absoluteLifetime string = '08:00:00'

@description('Time without use after which a persistent session ("remember me") ends.')
param persistentIdleTimeout string = '14.00:00:00'

@description('Time after which a persistent session ends in any case.')
param persistentLifetime string = '90.00:00:00'

@description('Lets anybody who creates a session ask for a persistent one; otherwise only the backend makes one.')
param allowPersistent bool = false

@description('Share of the idle timeout that must pass before a use is written down again. A decimal fraction.')
param slideGranularity string = '0.1'

@description('Time the old secret still works once its successor has been used.')
param rotationGrace string = '00:00:30'

@description('Age at which a token is rotated without being asked, on answers that carry a cookie; empty for only when asked.')
param rotateAfter string = ''

@description('How long a ticket lets a session sign in.')
param ticketLifetime string = '00:01:00'

@description('Most sessions of one user at a time; 0 for any number.')
@minValue(0)
@maxValue(1000)
param maxPerUser int = 0

@description('What a sign-in past that limit does: end the user\'s oldest session, or be refused with 409.')
@allowed([
  'evict-oldest'
  'reject'
])
param userOverflow string = 'evict-oldest'

@description('Largest size of a session\'s data in bytes of JSON.')
@minValue(2)
@maxValue(16777216)
param maxDataBytes int = 262144

@description('Largest size of a session\'s claims in bytes of JSON.')
@minValue(2)
@maxValue(262144)
param maxClaimsBytes int = 16384

@description('Claims that stay when the user of a session signs in again; all others are the new sign-in\'s.')
param keepClaims string[] = []

@description('Name of the key vault entry that holds the ring of encryption keys; empty stores the data as it is.')
param encryptionKeysSecretName string = ''

@description('Reads data that isn\'t encrypted although there are keys: for the time of moving over, since it lets who can write to the table forge claims.')
param allowUnencryptedPayloads bool = false

@description('Asks every change of data for an If-Match header.')
param requireIfMatch bool = false

@description('Origins that may call the API from a browser with credentials, exact: https://app.example.org. A wildcard is refused.')
param allowedOrigins string[] = []

@description('Lets a caller that sends an Origin have a bearer token instead of a cookie.')
param allowBearerForBrowsers bool = false

@description('Name of the cookie. The prefix __Host- makes browsers refuse a Domain.')
param cookieName string = '__Host-session'

@description('SameSite attribute of the cookie. None is for pages of another site, and adds Partitioned.')
@allowed([
  'Lax'
  'Strict'
  'None'
])
param cookieSameSite string = 'Lax'

@description('Domain attribute of the cookie; empty keeps it with the API\'s own host.')
param cookieDomain string = ''

@description('What a log out asks the browser to clear: cache, storage, cookies, executionContexts. None by default.')
param clearSiteData string[] = []

@description('OpenID provider whose id tokens sign users in, as it calls itself; empty for none.')
param oidcAuthority string = ''

@description('Who those id tokens must be meant for: the client id the application has at the provider.')
param oidcAudience string = ''

@description('Signature algorithms of id tokens that are accepted.')
param oidcAlgorithms string[] = [
  'RS256'
  'ES256'
]

@description('How far the provider\'s clock may be off.')
param oidcClockSkew string = '00:01:00'

@description('Claims of the id token that are copied into the session\'s claims.')
param oidcClaims string[] = []

@description('Name of the key vault entry that holds the ring of signing keys for short-lived tokens; empty for no such tokens.')
param jwtSigningKeysSecretName string = ''

@description('How long such a token is good for.')
param jwtLifetime string = '00:01:00'

@description('Who such a token says it is from; needed with signing keys.')
param jwtIssuer string = ''

@description('Who such a token is meant for; empty leaves that open.')
param jwtAudience string = ''

@description('Sessions that one client address may create a minute, in each instance; 0 for any number.')
@minValue(0)
param rateLimitCreatesPerMinute int = 6000

@description('Header with the client\'s address, written by what stands in front, such as Front Door; empty: no limit by address.')
param rateLimitClientAddressHeader string = ''

@description('Longest time a cleanup works before it leaves the rest to the next one.')
param cleanupBudget string = '00:00:45'

// The settings of the app, one entry an option. An empty value is left out, so the app's own default holds.
var options = {
  CleanupSchedule: cleanupSchedule
  Sessions__Storage__Table: storageTable
  Sessions__Shards: string(shards)
  Sessions__IdleTimeout: idleTimeout
  Sessions__AbsoluteLifetime: absoluteLifetime
  Sessions__PersistentIdleTimeout: persistentIdleTimeout
  Sessions__PersistentLifetime: persistentLifetime
  Sessions__AllowPersistent: string(allowPersistent)
  Sessions__SlideGranularity: slideGranularity
  Sessions__RotationGrace: rotationGrace
  Sessions__RotateAfter: rotateAfter
  Sessions__TicketLifetime: ticketLifetime
  Sessions__MaxPerUser: string(maxPerUser)
  Sessions__UserOverflow: userOverflow
  Sessions__MaxDataBytes: string(maxDataBytes)
  Sessions__MaxClaimsBytes: string(maxClaimsBytes)
  Sessions__AllowUnencryptedPayloads: string(allowUnencryptedPayloads)
  Sessions__KeepClaims: join(keepClaims, ',')
  Sessions__RequireIfMatch: string(requireIfMatch)
  Sessions__AllowedOrigins: join(allowedOrigins, ',')
  Sessions__AllowBearerForBrowsers: string(allowBearerForBrowsers)
  Sessions__Cookie__Name: cookieName
  Sessions__Cookie__SameSite: cookieSameSite
  Sessions__Cookie__Domain: cookieDomain
  Sessions__ClearSiteData: join(clearSiteData, ',')
  Sessions__Oidc__Authority: oidcAuthority
  Sessions__Oidc__Audience: oidcAudience
  Sessions__Oidc__Algorithms: join(oidcAlgorithms, ',')
  Sessions__Oidc__ClockSkew: oidcClockSkew
  Sessions__Oidc__Claims: join(oidcClaims, ',')
  Sessions__Jwt__Lifetime: jwtLifetime
  Sessions__Jwt__Issuer: jwtIssuer
  Sessions__Jwt__Audience: jwtAudience
  Sessions__RateLimit__CreatesPerMinute: string(rateLimitCreatesPerMinute)
  Sessions__RateLimit__ClientAddressHeader: rateLimitClientAddressHeader
  Sessions__CleanupBudget: cleanupBudget
}

// Settings whose value stays in the key vault: the entry's name stands here, the app setting refers to it.
var vaultOptions = {
  Sessions__EncryptionKeys: encryptionKeysSecretName
  Sessions__Jwt__SigningKeys: jwtSigningKeysSecretName
}

// ---- Names and guards ----

var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName })
var deploymentContainerName = 'app-package'
var useKeyVault = createKeyVault || !empty(filter(items(vaultOptions), option => !empty(option.value)))
// The function with the timer; its runs are what the alert counts.
var cleanupFunctionName = 'Cleanup'

// With credentials a browser ignores a wildcard, and a pattern would let strangers in.
var wildcards = filter(allowedOrigins, origin => contains(origin, '*'))
var checkedOrigins = empty(wildcards)
  ? allowedOrigins
  : fail('allowedOrigins: name every origin in full; a wildcard is refused: ${join(wildcards, ', ')}')

// ---- Resources ----

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: allTags
    retentionInDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
    writerPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: empty(storageAccountName) ? 'st${token}' : storageAccountName
    location: location
    tags: allTags
    skuName: storageSku
    tableName: storageTable
    deploymentContainerName: deploymentContainerName
    privateNetwork: privateNetwork
    requestLogs: storageRequestLogs
    workspaceId: monitoring.outputs.workspaceId
    principalId: identity.outputs.principalId
  }
}

module cosmos 'modules/cosmos.bicep' = if (useCosmos) {
  name: 'cosmos'
  scope: group
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: allTags
    tableName: storageTable
    privateNetwork: privateNetwork
    requestLogs: storageRequestLogs
    workspaceId: monitoring.outputs.workspaceId
    principalId: identity.outputs.principalId
  }
}

module keyVault 'modules/key-vault.bicep' = if (useKeyVault) {
  name: 'key-vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: allTags
    privateNetwork: privateNetwork
    purgeProtection: keyVaultPurgeProtection
    workspaceId: monitoring.outputs.workspaceId
    readerPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    securityGroupName: 'nsg-${token}'
    location: location
    tags: allTags
    addressPrefix: networkAddressPrefix
    appSubnetPrefix: appSubnetPrefix
    endpointSubnetPrefix: endpointSubnetPrefix
  }
}

// The host needs all three: blobs for its keys, leases and the package, queues and tables for what it keeps beside.
module storageEndpoints 'modules/private-endpoint.bicep' = [
  for part in ['blob', 'queue', 'table']: if (privateNetwork) {
    name: 'endpoint-${part}'
    scope: group
    params: {
      name: 'pep-${part}-${token}'
      location: location
      tags: allTags
      networkId: network.?outputs.id ?? ''
      subnetId: network.?outputs.endpointSubnetId ?? ''
      targetId: storage.outputs.id
      groupId: part
      zoneName: 'privatelink.${part}.${environment().suffixes.storage}'
    }
  }
]

module cosmosEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork && useCosmos) {
  name: 'endpoint-cosmos'
  scope: group
  params: {
    name: 'pep-cosmos-${token}'
    location: location
    tags: allTags
    networkId: network.?outputs.id ?? ''
    subnetId: network.?outputs.endpointSubnetId ?? ''
    targetId: cosmos.?outputs.id ?? ''
    groupId: 'Table'
    zoneName: 'privatelink.table.cosmos.azure.com'
  }
}

module keyVaultEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork && useKeyVault) {
  name: 'endpoint-key-vault'
  scope: group
  params: {
    name: 'pep-vault-${token}'
    location: location
    tags: allTags
    networkId: network.?outputs.id ?? ''
    subnetId: network.?outputs.endpointSubnetId ?? ''
    targetId: keyVault.?outputs.id ?? ''
    groupId: 'vault'
    zoneName: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    planName: 'asp-${token}'
    name: empty(functionAppName) ? 'func-${token}' : functionAppName
    location: location
    tags: allTags
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    deploymentContainerName: deploymentContainerName
    componentName: monitoring.outputs.componentName
    workspaceId: monitoring.outputs.workspaceId
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    httpConcurrency: httpConcurrency
    subnetId: network.?outputs.appSubnetId ?? ''
    allowedOrigins: checkedOrigins
    hstsIncludeSubDomains: hstsIncludeSubDomains
    settings: toObject(
      filter(items(options), option => !empty(option.value)),
      option => option.key,
      option => option.value
    )
    vaultSettings: vaultOptions
    vaultName: keyVault.?outputs.name ?? ''
    tableEndpoint: cosmos.?outputs.tableEndpoint ?? storage.outputs.tableEndpoint
  }
  // Nothing of the endpoints goes into the app, yet without them its first start finds no storage.
  dependsOn: [
    storageEndpoints
    cosmosEndpoint
    keyVaultEndpoint
  ]
}

module domain 'modules/domain.bicep' = if (!empty(customDomain)) {
  name: 'domain'
  scope: group
  params: {
    siteName: app.outputs.name
    hostName: customDomain
    certificateName: customDomainCertificate
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    namePrefix: 'alert-${token}'
    actionGroupName: 'ag-${token}'
    location: location
    tags: allTags
    emails: alertEmails
    componentName: monitoring.outputs.componentName
    tableServiceId: useCosmos ? '' : storage.outputs.tableServiceId
    cosmosAccountId: cosmos.?outputs.id ?? ''
    failureSharePercent: alertFailureSharePercent
    latencyMilliseconds: alertLatencyMilliseconds
    throttledRequests: alertThrottledRequests
    cleanupFunctionName: cleanupFunctionName
  }
}

// ---- What came out ----
// Names in capitals become variables of the azd environment.

@description('The region.')
output AZURE_LOCATION string = location

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('The storage account.')
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('The key vault; empty without one.')
output AZURE_KEY_VAULT_NAME string = keyVault.?outputs.name ?? ''

@description('Where the API answers.')
output ENDPOINT string = 'https://${empty(customDomain) ? app.outputs.hostName : customDomain}/api'

@description('Value of the TXT record asuid.<host name> that a custom domain needs.')
output DOMAIN_VERIFICATION_ID string = app.outputs.domainVerificationId

@description('What to do next.')
output NEXT_STEPS string[] = [
  'Publish the code: azd deploy (or the zip deployment of docs/deploy.md).'
  'Ask the app: curl https://${app.outputs.hostName}/api/health/ready'
  'Fetch the operator\'s key: az functionapp keys list -g ${group.name} -n ${app.outputs.name} --query functionKeys.default'
]
