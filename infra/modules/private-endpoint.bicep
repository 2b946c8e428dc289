// A private endpoint together with the DNS zone that makes the service's public name lead to it.

@description('Name of the private endpoint.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the virtual network that resolves the name.')
param networkId string

@description('Resource id of the subnet the endpoint lives in.')
param subnetId string

@description('Resource id of the service behind the endpoint.')
param targetId string

@description('Which part of the service: blob, queue, table, vault or Table.')
param groupId string

@description('Name of the private DNS zone of that part.')
param zoneName string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: uniqueString(networkId)
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [
            groupId
          ]
        }
      }
    ]
  }

  resource records 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: groupId
          properties: {
            privateDnsZoneId: zone.id
          }
        }
      ]
    }
  }
}
