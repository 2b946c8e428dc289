// A host name of your own. Its DNS records must exist before; its certificate is a certificate of the site, made after the first binding.

@description('Name of the function app.')
param siteName string

@description('The host name, such as sessions.example.org.')
param hostName string

@description('Name of the certificate of the site; empty binds the name without TLS, as a first step.')
param certificateName string

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: siteName
}

// Read, not made: the certificate renews by itself, and the binding must always carry the current thumbprint.
resource certificate 'Microsoft.Web/sites/certificates@2025-03-01' existing = if (!empty(certificateName)) {
  parent: site
  name: empty(certificateName) ? 'none' : certificateName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  parent: site
  name: hostName
  properties: {
    siteName: site.name
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: empty(certificateName) ? 'Disabled' : 'SniEnabled'
    thumbprint: certificate.?properties.thumbprint
  }
}
