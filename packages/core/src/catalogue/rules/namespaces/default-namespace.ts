// Rule: nothing of one's own stands in the namespace default.

import { isBuiltInGroup, namespaceOf } from '../../../kube/asset-key.ts'
import { groupOf } from '../../../kube/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

/**
 * What Kubernetes itself puts into this namespace of every cluster.
 * Source: kube-apiserver's master leases, the ServiceAccount and root CA controllers.
 */
const ownObjects: Readonly<Record<string, readonly string[]>> = {
  Service: ['kubernetes'],
  Endpoints: ['kubernetes'],
  EndpointSlice: ['kubernetes'],
  ServiceAccount: ['default'],
  ConfigMap: ['kube-root-ca.crt'],
}

export const rule = defineRule({
  id: 'default-namespace',
  title: 'Nothing of one’s own stands in the namespace default',
  severity: 'low',
  subject: '*',
  rationale:
    'Rights, quotas and network policies are given by namespace. What shares the namespace default shares them with whatever else was put there without a thought.',
  remediation: 'Put it into a namespace of its application, by metadata.namespace or by kubectl apply -n.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],

  *violations(resource) {
    if (namespaceOf(resource) !== 'default' || isOwnObject(resource)) return
    yield {
      path: 'metadata.namespace',
      actual: resource.metadata.namespace,
      expected: 'a namespace other than default, which is also where it goes when none is named',
    }
  },

  examples: {
    fail: {
      'a Pod that names it': {
        given: pod({ metadata: { namespace: 'default' } }),
        at: ['metadata.namespace'],
      },
      'a Service that names none': { given: object('v1', 'Service') },
      'a ConfigMap': { given: object('v1', 'ConfigMap', { namespace: 'default' }) },
      'a foreign kind that names it': {
        given: object('example.com/v1', 'Widget', { namespace: 'default' }),
      },
      'a foreign kind with the name of one of Kubernetes’ own': {
        given: object('serving.knative.dev/v1', 'Service', { name: 'kubernetes', namespace: 'default' }),
      },
      'the default ServiceAccount of the name of another kind': {
        given: object('v1', 'Service', { name: 'default', namespace: 'default' }),
      },
      'an odd kind': { given: object('v1', 'constructor', { name: 'a', namespace: 'default' }) },
    },
    pass: {
      'a Deployment elsewhere': { given: deployment() },
      'a CronJob elsewhere': { given: cronJob() },
      'a Namespace, which stands in none': { given: namespace({ name: 'default' }) },
      'a ClusterRole, which stands in none': { given: object('rbac.authorization.k8s.io/v1', 'ClusterRole') },
      'a foreign kind that names none, and may need none': { given: object('example.com/v1', 'Widget') },
      'the Service of the API server': {
        given: object('v1', 'Service', { name: 'kubernetes', namespace: 'default' }),
      },
      'the namespace’s own ServiceAccount': {
        given: object('v1', 'ServiceAccount', { name: 'default', namespace: 'default' }),
      },
      'the addresses of the API server': {
        given: object('v1', 'Endpoints', { name: 'kubernetes', namespace: 'default' }),
      },
      'the addresses of the API server, in slices': {
        given: object('discovery.k8s.io/v1', 'EndpointSlice', { name: 'kubernetes', namespace: 'default' }),
      },
      'the certificate of the cluster’s authority': {
        given: object('v1', 'ConfigMap', { name: 'kube-root-ca.crt', namespace: 'default' }),
      },
    },
  },
})

function isOwnObject({ apiVersion, kind, metadata }: Resource): boolean {
  if (!isBuiltInGroup(groupOf(apiVersion)) || !Object.hasOwn(ownObjects, kind)) return false
  return ownObjects[kind]?.includes(metadata.name ?? '') ?? false
}
