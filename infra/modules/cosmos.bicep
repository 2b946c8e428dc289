// Cosmos DB for Table in place of Storage tables: serverless, data plane by Entra identity only.

@description('Name of the Cosmos DB account.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Name of the table that holds the sessions.')
param tableName string

@description('Turns public network access off; a private endpoint is then the only way in.')
param privateNetwork bool

@description('Logs every request to the workspace. Useful in an investigation, costly as a habit.')
param requestLogs bool

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Object id of the identity that runs the app.')
param principalId string

// Built-in data-plane role "Cosmos DB Built-in Data Contributor"; it lives in the account, not in the subscription.
var dataContributorRole = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [
      {
        name: 'EnableTable'
      }
      {
        name: 'EnableServerless'
      }
    ]
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: false
      }
    ]
    // A session must be readable right after it was written, from every instance.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    disableLocalAuth: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
  }

  resource sessions 'tables' = {
    name: tableName
    properties: {
      resource: {
        id: tableName
      }
    }
  }
}

resource dataAccess 'Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments@2026-03-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributorRole)
  properties: {
    roleDefinitionId: '${account.id}/tableRoleDefinitions/${dataContributorRole}'
    principalId: principalId
    scope: account.id
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Requests'
        enabled: true
      }
    ]
    logs: [
      {
        category: 'TableApiRequests'
        enabled: requestLogs
      }
    ]
  }
}

@description('Resource id of the account.')
output id string = account.id

@description('Address of the table service: beside the document endpoint, which is the one the account reports.')
output tableEndpoint string = replace(account.properties.documentEndpoint, '.documents.', '.table.cosmos.')
