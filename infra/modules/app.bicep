// The plan, the function app and its settings.

@description('Name of the Flex Consumption plan.')
param planName string

@description('Name of the function app.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the user-assigned identity the app runs as.')
param identityName string

@description('Name of the storage account of the host and of the deployment package.')
param storageName string

@description('Name of the blob container that holds the deployment package.')
param deploymentContainerName string

@description('Name of the Application Insights component.')
param componentName string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Spreads the instances over availability zones.')
param zoneRedundant bool

@description('Memory of an instance in megabytes.')
param instanceMemoryMB int

@description('Upper limit of instances.')
param maximumInstanceCount int

@description('Instances kept warm for HTTP calls.')
param alwaysReadyInstances int

@description('Calls an instance takes at a time before another is added; 0 leaves it to the platform.')
param httpConcurrency int

@description('Resource id of the subnet the app sends from; empty without private mode.')
param subnetId string

@description('Origins that may call the API from a browser, with credentials.')
param allowedOrigins string[]

@description('Lets HSTS hold for every subdomain of the app\'s host name too.')
param hstsIncludeSubDomains bool

@description('App settings as name and value. Nothing secret may stand here.')
param settings object

@description('App settings whose value is the name of an entry in the key vault; empty names are left out.')
param vaultSettings object

@description('Name of the key vault; empty without one.')
param vaultName string

@description('Address of the table service that holds the sessions.')
param tableEndpoint string

var references = toObject(
  filter(items(vaultSettings), setting => !empty(setting.value)),
  setting => setting.key,
  setting => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})'
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app it deploys to by this tag; the name is the service's in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      cors: {
        allowedOrigins: allowedOrigins
        supportCredentials: !empty(allowedOrigins)
      }
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances > 0
          ? [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
          : []
        triggers: httpConcurrency > 0
          ? {
              http: {
                perInstanceConcurrency: httpConcurrency
              }
            }
          : null
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, references, {
      // Overrides host.json, which leaves subdomains alone.
      AzureFunctionsJobHost__extensions__http__hsts__includeSubDomains: string(hstsIncludeSubDomains)
      // Without it the platform shows a page of its own at the root.
      AzureWebJobsDisableHomepage: 'true'
      AzureWebJobsStorage__accountName: storage.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      // Tells the Azure SDK in the worker which of the app's identities to use.
      AZURE_CLIENT_ID: identity.properties.clientId
      Sessions__Storage__Endpoint: tableEndpoint
    })
  }

  // Deployments come with an Entra token; user name and password stay off.
  resource ftpCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scmCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: site
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
  }
}

@description('Name of the function app.')
output name string = site.name

@description('Host name the platform gave the app.')
output hostName string = site.properties.defaultHostName

@description('Value of the TXT record that proves ownership of a custom domain.')
output domainVerificationId string = site.properties.customDomainVerificationId
