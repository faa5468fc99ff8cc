// Rule: OpenShift forwards its audit logs out of the cluster.

import { apiServerKind, forwarderKinds, readForwarder } from '../../../kube/openshift/kinds.ts'
import { forwardsAuditLogs } from '../../../kube/openshift/log-forwarding.ts'
import { defineRule } from '../../../model/rule.ts'
import { logForwarder, openShiftApiServer } from '../../../samples/openshift.ts'

const given = openShiftApiServer()
const splunk = { name: 'siem', type: 'splunk' }
const pipeline = (inputRefs: readonly string[], outputRefs: readonly string[]) => ({ inputRefs, outputRefs })

export const rule = defineRule({
  id: 'openshift-audit-log-forwarding',
  title: 'OpenShift forwards its audit logs out of the cluster',
  severity: 'medium',
  subject: apiServerKind,
  reads: forwarderKinds,
  absent: 'not-collected',
  rationale:
    'Whoever takes a node of the control plane can change or remove the audit logs that lie there; a copy elsewhere stays.',
  remediation:
    'Create a ClusterLogForwarder with a pipeline from the input audit to an output outside of the cluster.',
  references: [
    'https://docs.redhat.com/en/documentation/red_hat_openshift_logging/latest/html/configuring_logging/configuring-log-forwarding',
  ],

  // One APIServer stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup }) {
    const forwarders = forwarderKinds.flatMap(kind => lookup.list(kind))
    if (forwarders.some(one => forwardsAuditLogs(readForwarder(one)))) return
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: 'a ClusterLogForwarder that sends the input audit to an output outside of the cluster',
    }
  },

  examples: {
    fail: {
      'none at all': { given, at: ['metadata.name'] },
      'applications alone': {
        given,
        with: [logForwarder({ outputs: [splunk], pipelines: [pipeline(['application'], ['siem'])] })],
      },
      'to the store of the cluster, in logging 5': {
        given,
        with: [logForwarder({ pipelines: [pipeline(['audit'], ['default'])] }, 'logging')],
      },
      'to the store of the cluster, in logging 6': {
        given,
        with: [
          logForwarder({
            outputs: [{ name: 'loki', type: 'lokiStack' }, splunk],
            pipelines: [pipeline(['audit'], ['loki']), pipeline(['application'], ['siem'])],
          }),
        ],
      },
      'to an output that is not there': {
        given,
        with: [logForwarder({ outputs: [splunk], pipelines: [pipeline(['audit'], ['other'])] })],
      },
      'an input of another type': {
        given,
        with: [
          logForwarder({
            inputs: [{ name: 'logs', type: 'application' }],
            outputs: [splunk],
            pipelines: [pipeline(['logs'], ['siem'])],
          }),
        ],
      },
    },
    pass: {
      'in logging 6': {
        given,
        with: [logForwarder({ outputs: [splunk], pipelines: [pipeline(['audit'], ['siem'])] })],
      },
      'in logging 5': {
        given,
        with: [
          logForwarder(
            { outputs: [splunk], pipelines: [pipeline(['application', 'audit'], ['default', 'siem'])] },
            'logging',
          ),
        ],
      },
      'an input of that type': {
        given,
        with: [
          logForwarder({
            inputs: [{ name: 'api', type: 'audit', audit: { sources: ['kubeAPI'] } }],
            outputs: [splunk],
            pipelines: [pipeline(['api'], ['siem'])],
          }),
        ],
      },
      'an input with that field, in logging 5': {
        given,
        with: [
          logForwarder(
            {
              inputs: [{ name: 'api', audit: {} }],
              outputs: [splunk],
              pipelines: [pipeline(['api'], ['siem'])],
            },
            'logging',
          ),
        ],
      },
      'the second forwarder': {
        given,
        with: [
          logForwarder({ pipelines: [] }),
          logForwarder({ outputs: [splunk], pipelines: [pipeline(['audit'], ['siem'])] }),
        ],
      },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...given, metadata: { name: 'other' } },
      },
    },
  },
})
