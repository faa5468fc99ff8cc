// Rule: a Route of OpenShift bounds how often one address may call it.

import { childPath } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const annotation = 'haproxy.router.openshift.io/rate-limit-connections'
const route = (annotations: Readonly<Record<string, string>> = {}, namespace = 'shop') =>
  object(
    'route.openshift.io/v1',
    'Route',
    { name: 'web', namespace, annotations },
    { spec: { to: { name: 'web' } } },
  )

export const rule = defineRule({
  id: 'openshift-route-rate-limit',
  title: 'A Route of OpenShift bounds how often one address may call it',
  severity: 'low',
  // Many are bounded by what stands before the cluster.
  defaultEnabled: false,
  subject: 'Route.route.openshift.io',
  rationale: 'One caller without bounds takes an application away from all others.',
  remediation: `Set the annotation ${annotation} to true, and the rates beside it to what the application needs.`,
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/ingress_and_load_balancing/routes',
  ],

  // Those of the platform are its operators' own.
  concerns: ({ metadata: { namespace = '' } }) => !/^(?:openshift|kube)-/.test(namespace),

  *violations({ metadata: { annotations = {} } }) {
    const value = annotations[annotation]
    // The router takes no other word for it.
    if (value?.toLowerCase() !== 'true')
      yield { path: childPath('metadata.annotations', annotation), actual: value, expected: 'true' }
  },

  examples: {
    fail: {
      'nothing said': { given: route(), at: [`metadata.annotations["${annotation}"]`] },
      'turned off': { given: route({ [annotation]: 'false' }) },
      'a rate without the switch': { given: route({ [`${annotation}.rate-http`]: '100' }) },
      'no annotations': { given: object('route.openshift.io/v1', 'Route', { namespace: 'shop' }) },
      'of no namespace': { given: object('route.openshift.io/v1', 'Route') },
      'of a namespace that only ends so': { given: route({}, 'our-openshift-shop') },
      'of a namespace that only begins so': { given: route({}, 'kubernetes-shop') },
    },
    pass: {
      'turned on': { given: route({ [annotation]: 'true' }) },
      'turned on, in other letters': { given: route({ [annotation]: 'TRUE' }) },
    },
    unconcerned: {
      'a Route of the platform': { given: route({}, 'openshift-console') },
      'a Route of Kubernetes': { given: route({}, 'kube-system') },
    },
  },
})
