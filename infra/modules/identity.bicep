// One identity for everything the app talks to. It is made before the app, so its roles are in place at the first start.

@description('Name of the user-assigned identity.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Name of the identity.')
output name string = identity.name

@description('Object id of the identity, for role assignments.')
output principalId string = identity.properties.principalId
