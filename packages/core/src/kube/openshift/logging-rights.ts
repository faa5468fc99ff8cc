// Logging rights: the rights on OpenShift's logging, and the namespaces in which they matter.
//
// Sources: openshift/cluster-logging-operator api/logging/v1 (ClusterLogging and ClusterLogForwarder, in openshift-logging at first) and
// api/observability/v1 (ClusterLogForwarder, in every namespace).

import type { Right } from '../rbac/right.ts'

const onLogging = (verbs: readonly string[]): Right[] => [
  { group: 'logging.openshift.io', resource: 'clusterloggings', verbs },
  { group: 'logging.openshift.io', resource: 'clusterlogforwarders', verbs },
  { group: 'observability.openshift.io', resource: 'clusterlogforwarders', verbs },
]

export const loggingRights = {
  view: onLogging(['get', 'list', 'watch']),
  change: onLogging(['create', 'update', 'patch', 'delete', 'deletecollection']),
} as const

/** Where the Red Hat OpenShift Logging operator puts what it sets up for the cluster. */
export const loggingNamespace = 'openshift-logging'
