// What wakes somebody: failing calls, slow calls, a cleanup that stopped, storage that throttles.

@description('Prefix of the names of the alert rules.')
param namePrefix string

@description('Name of the action group.')
param actionGroupName string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('E-mail addresses that are told.')
param emails string[]

@description('Name of the Application Insights component.')
param componentName string

@description('Resource id of the table service; empty where Cosmos DB holds the sessions.')
param tableServiceId string

@description('Resource id of the Cosmos DB account; empty where Storage holds the sessions.')
param cosmosAccountId string

@description('Share of calls, in percent, that may fail with a 5xx status.')
param failureSharePercent int

@description('Milliseconds that 95 percent of the calls must stay below.')
param latencyMilliseconds int

@description('Throttled storage requests tolerated in five minutes.')
param throttledRequests int

@description('Name of the function that removes expired sessions.')
param cleanupFunctionName string

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'sessions'
    enabled: true
    emailReceivers: [
      for (email, index) in emails: {
        name: 'email-${index}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// A status code below 100 is no HTTP call: the timer's runs are recorded as requests too. itemCount undoes the sampling.
resource failures 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-5xx'
  location: location
  tags: tags
  properties: {
    displayName: 'Session calls fail'
    description: 'The share of calls answered with a 5xx status is above the limit. docs/deploy.md says where to look.'
    severity: 1
    enabled: true
    scopes: [
      component.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: '''
requests
| where toint(resultCode) >= 100
| summarize total = sum(itemCount), failed = sumif(itemCount, toint(resultCode) >= 500)
| where total >= 20
| project share = 100.0 * failed / total
'''
          metricMeasureColumn: 'share'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: failureSharePercent
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}

resource latency 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-latency'
  location: location
  tags: tags
  properties: {
    displayName: 'Session calls are slow'
    description: 'The 95th percentile of the duration of calls is above the limit in two of three periods.'
    severity: 2
    enabled: true
    scopes: [
      component.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: '''
requests
| where toint(resultCode) >= 100
| summarize total = sum(itemCount), p95 = percentilew(duration, itemCount, 95)
| where total >= 20
| project p95
'''
          metricMeasureColumn: 'p95'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: latencyMilliseconds
          failingPeriods: {
            numberOfEvaluationPeriods: 3
            minFailingPeriodsToAlert: 2
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}

// Sessions end by their timestamps even if this fires; what grows is the table. Half an hour is six runs of the default schedule.
resource cleanup 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-cleanup'
  location: location
  tags: tags
  properties: {
    displayName: 'The cleanup of expired sessions has stopped'
    description: 'No successful run of the cleanup in the last 30 minutes. No session lives longer for it, but the table grows.'
    severity: 2
    enabled: true
    scopes: [
      component.id
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: 'requests | where operation_Name == "${cleanupFunctionName}" and success == true'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}

resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(tableServiceId)) {
  name: '${namePrefix}-storage-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'Table Storage refuses requests because a limit is reached. docs/scale.md says which, and what to do.'
    severity: 2
    enabled: true
    scopes: [
      tableServiceId
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.Storage/storageAccounts/tableServices'
          metricName: 'Transactions'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: throttledRequests
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ServerBusyError'
                'ClientThrottlingError'
                'ClientAccountRequestThrottlingError'
                'SuccessWithThrottling'
              ]
            }
          ]
          // The dimension's values exist only once they have been seen.
          skipMetricValidation: true
        }
      ]
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource cosmosThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(cosmosAccountId)) {
  name: '${namePrefix}-cosmos-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'Cosmos DB refuses requests because the throughput of a partition or of the account is used up.'
    severity: 2
    enabled: true
    scopes: [
      cosmosAccountId
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.DocumentDB/databaseAccounts'
          metricName: 'TotalRequests'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: throttledRequests
          dimensions: [
            {
              name: 'StatusCode'
              operator: 'Include'
              values: [
                '429'
              ]
            }
          ]
          skipMetricValidation: true
        }
      ]
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
