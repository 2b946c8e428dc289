// What azd and az read the parameters from. Everything not named here has a default in main.bicep.
using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')

// Several origins are set apart by commas, without spaces: https://app.example.org,https://www.example.org
var origins = readEnvironmentVariable('SESSIONS_ALLOWED_ORIGINS', '')
param allowedOrigins = empty(origins) ? [] : split(origins, ',')

var emails = readEnvironmentVariable('SESSIONS_ALERT_EMAILS', '')
param alertEmails = empty(emails) ? [] : split(emails, ',')

param privateNetwork = bool(readEnvironmentVariable('SESSIONS_PRIVATE_NETWORK', 'false'))
param encryptionKeysSecretName = readEnvironmentVariable('SESSIONS_ENCRYPTION_KEYS_SECRET', '')
param jwtSigningKeysSecretName = readEnvironmentVariable('SESSIONS_JWT_KEYS_SECRET', '')
