// Log forwarding: whether a ClusterLogForwarder sends audit logs out of the cluster.
//
// Sources: docs.redhat.com, "Configuring log forwarding", logging 5.8 and 6.2: `audit` is an input by itself; other inputs are of the
// type `audit` (6) or have a field `audit` (5); the output `default` (5) and outputs of the type `lokiStack` (6) are in the cluster.

import type { LogForwarder } from './kinds.ts'

/** True where a pipeline takes audit logs to an output outside of the cluster. */
export function forwardsAuditLogs({ spec = {} }: LogForwarder): boolean {
  const { inputs = [], outputs = [], pipelines = [] } = spec
  const audits = new Set(['audit'])
  for (const { name, type, audit } of inputs)
    if (name !== undefined && (type === 'audit' || audit !== undefined)) audits.add(name)
  const outside = new Set(outputs.filter(({ type }) => type !== 'lokiStack').map(({ name }) => name))
  return pipelines.some(
    ({ inputRefs = [], outputRefs = [] }) =>
      inputRefs.some(input => audits.has(input)) && outputRefs.some(output => outside.has(output)),
  )
}
