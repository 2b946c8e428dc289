// The virtual network of private mode: one subnet the app sends from, one the private endpoints live in.

@description('Name of the virtual network.')
param name string

@description('Prefix of the names of the network security groups.')
param securityGroupName string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Address range of the network.')
param addressPrefix string

@description('Address range of the subnet the app sends from.')
param appSubnetPrefix string

@description('Address range of the subnet of the private endpoints.')
param endpointSubnetPrefix string

// No rules of their own: the built-in ones refuse what comes from the internet, and a team adds its own here.
resource appRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${securityGroupName}-app'
  location: location
  tags: tags
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${securityGroupName}-endpoints'
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: appSubnetPrefix
          networkSecurityGroup: {
            id: appRules.id
          }
          // Flex Consumption asks for this delegation, not for the one of App Service plans.
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: endpointSubnetPrefix
          networkSecurityGroup: {
            id: endpointRules.id
          }
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'snet-app'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'snet-endpoints'
  }
}

@description('Resource id of the network, for the links of the DNS zones.')
output id string = network.id

@description('Resource id of the subnet the app sends from.')
output appSubnetId string = network::appSubnet.id

@description('Resource id of the subnet of the private endpoints.')
output endpointSubnetId string = network::endpointSubnet.id
