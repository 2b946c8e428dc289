// The account behind the host, the deployment package and, unless Cosmos DB takes that part, the sessions.

@description('Name of the storage account.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy of the account.')
param skuName string

@description('Name of the table that holds the sessions.')
param tableName string

@description('Name of the blob container that holds the deployment package.')
param deploymentContainerName string

@description('Turns public network access off; private endpoints are then the only way in.')
param privateNetwork bool

@description('Logs every blob and table request to the workspace. Useful in an investigation, costly as a habit.')
param requestLogs bool

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Object id of the identity that runs the app.')
param principalId string

// Built-in roles "Storage Blob Data Owner" (the host takes leases and keeps its keys), "Storage Queue Data Contributor" and
// "Storage Table Data Contributor", each on this account only.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: skuName
  }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A package that was overwritten by mistake can be had back for a week.
      deleteRetentionPolicy: {
        enabled: true
        days: 7
      }
    }

    resource packages 'containers' = {
      name: deploymentContainerName
      properties: {
        publicAccess: 'None'
      }
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource sessions 'tables' = {
      name: tableName
    }
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account::tables
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
    logs: [
      for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: {
        category: category
        enabled: requestLogs
      }
    ]
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
    logs: [
      for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: {
        category: category
        enabled: requestLogs
      }
    ]
  }
}

@description('Name of the account.')
output name string = account.name

@description('Resource id of the account.')
output id string = account.id

@description('Resource id of the table service, for the throttling alert.')
output tableServiceId string = account::tables.id

@description('Address of the table service.')
output tableEndpoint string = account.properties.primaryEndpoints.table
