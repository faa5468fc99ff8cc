// Rule: an operator that scans images is installed in OpenShift.

import { apiServerKind } from '../../../kube/openshift/kinds.ts'
import { readSubscription, subscriptionKind } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { openShiftApiServer } from '../../../samples/openshift.ts'

const given = openShiftApiServer()
const occasion = { scope: 'cluster' } as const
const subscription = (name: string, installedCSV?: string) =>
  object(
    'operators.coreos.com/v1alpha1',
    'Subscription',
    { name: 'scanner', namespace: 'openshift-operators' },
    { spec: { name }, ...(installedCSV !== undefined && { status: { installedCSV } }) },
  )

export const rule = defineRule({
  id: 'openshift-image-scanner',
  title: 'An operator that scans images is installed in OpenShift',
  severity: 'low',
  // Other scanners do as well, for those who may choose.
  defaultEnabled: false,
  subject: apiServerKind,
  reads: [subscriptionKind],
  appliesTo: { clusters: true },
  absent: 'not-collected',
  parameters: {
    packages: {
      type: 'string[]',
      default: ['container-security-operator'],
      description: 'The packages, as Subscriptions name them, of operators that scan the images which run.',
    },
  },
  rationale: 'Holes are found every day in images that were clean when they were built.',
  remediation:
    'Install the Container Security Operator, with a registry that scans; name the package of another operator that scans in a profile.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/pod-vulnerability-scan',
  ],

  // One APIServer stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { parameters, lookup }) {
    const isInstalled = lookup.list(subscriptionKind).some(one => {
      const { spec, status } = readSubscription(one)
      return status?.installedCSV && parameters.packages.includes(spec?.name ?? '')
    })
    if (!isInstalled)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `a cluster in which one of these operators is installed: ${parameters.packages.join(', ')}`,
      }
  },

  examples: {
    fail: {
      'no operators': { given, occasion, at: ['metadata.name'] },
      'another operator': {
        given,
        occasion,
        with: [subscription('cluster-logging', 'cluster-logging.v6.2.0')],
      },
      'one that was asked for and is not installed': {
        given,
        occasion,
        with: [subscription('container-security-operator')],
      },
      'one that does not count': {
        given,
        occasion,
        with: [subscription('container-security-operator', 'container-security-operator.v3.13.0')],
        parameters: { packages: ['other'] },
      },
      'a Subscription to nothing': {
        given,
        occasion,
        with: [{ ...subscription('x', 'x.v1'), spec: undefined }],
      },
    },
    pass: {
      'the Container Security Operator, beside another': {
        given,
        occasion,
        with: [
          subscription('cluster-logging', 'cluster-logging.v6.2.0'),
          subscription('container-security-operator', 'container-security-operator.v3.13.0'),
        ],
      },
      'another that counts': {
        given,
        occasion,
        with: [subscription('trivy-operator', 'trivy-operator.v0.22.0')],
        parameters: { packages: ['trivy-operator'] },
      },
    },
    notApplicable: { 'a set of files': { given } },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...given, metadata: { name: 'other' } },
        occasion,
      },
    },
  },
})
