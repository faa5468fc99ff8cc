// Rule: OpenShift checked the signature of each update that it installed.

import { clusterVersionKind, readClusterVersion } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const installed = { version: '4.18.1', verified: false }
const given = (...history: readonly object[]) =>
  object('config.openshift.io/v1', 'ClusterVersion', { name: 'version' }, { status: { history } })

export const rule = defineRule({
  id: 'openshift-update-verification',
  title: 'OpenShift checked the signature of each update that it installed',
  severity: 'medium',
  subject: clusterVersionKind,
  absent: 'not-collected',
  rationale:
    'An update that was forced past its signature may be anybody’s, and it runs with all rights on every node.',
  remediation:
    'Update by the cluster version operator without --force; of an update that was forced, check the release image and update to a signed one.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/updating_clusters/index',
  ],

  // One ClusterVersion counts.
  concerns: resource => resource.metadata.name === 'version',

  *violations(resource) {
    const history = readClusterVersion(resource).status?.history ?? []
    // The oldest is the installation, which nobody in the cluster could check.
    for (const [index, { version, verified }] of history.slice(0, -1).entries())
      if (!verified)
        yield {
          path: `status.history[${index}].verified`,
          actual: verified,
          expected: `true, for version ${version ?? 'unknown'}`,
        }
  },

  unseen: resource =>
    (readClusterVersion(resource).status?.history ?? []).length === 0
      ? 'the history of the cluster’s version was not read'
      : undefined,

  examples: {
    fail: {
      'a forced update': {
        given: given({ version: '4.18.2', verified: false }, installed),
        at: ['status.history[0].verified'],
      },
      'an update before the last': {
        given: given(
          { version: '4.18.4', verified: true },
          { version: '4.18.3', verified: false },
          { version: '4.18.2' },
          installed,
        ),
        at: ['status.history[1].verified', 'status.history[2].verified'],
      },
    },
    pass: {
      'updates that were checked': { given: given({ version: '4.18.2', verified: true }, installed) },
      'the installation alone': { given: given(installed) },
    },
    notEvaluated: {
      'no history': { given: given() },
      'no status': { given: object('config.openshift.io/v1', 'ClusterVersion', { name: 'version' }) },
    },
    unconcerned: {
      'a ClusterVersion of another name, which counts for nothing': {
        given: { ...given({ verified: false }, installed), metadata: { name: 'other' } },
      },
    },
  },
})
