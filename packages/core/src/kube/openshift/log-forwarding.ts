// Log forwarding: where a ClusterLogForwarder sends logs, whether audit logs leave the cluster by it, and which of them anybody could change on the way.
//
// Sources: docs.redhat.com, "Configuring log forwarding", logging 5.8 and 6.2: `audit` is an input by itself; other inputs are of the
// type `audit` (6) or have a field `audit` (5); the output `default` (5) and outputs of the type `lokiStack` (6) are in the cluster.
// openshift/cluster-logging-operator api/logging/v1 and api/observability/v1, output_types.go: the scheme of the URL turns TLS on; outputs to
// a cloud have no URL, or one of their own, over HTTPS, where none is given.

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

const typesWithUrl = [
  'azureMonitor',
  'cloudwatch',
  'elasticsearch',
  'http',
  'kafka',
  'loki',
  'otlp',
  'splunk',
  'syslog',
] as const

/** A value of an output by which others could change logs that it sends. */
export interface OpenTransport {
  readonly path: string
  readonly actual: unknown
  readonly expected: string
}

/** What of the outputs in use sends logs without TLS, or to a server that it does not verify. */
export function openTransports({ spec = {} }: LogForwarder): OpenTransport[] {
  const { outputs = [], pipelines = [] } = spec
  const used = new Set(pipelines.flatMap(({ outputRefs = [] }) => outputRefs))
  return outputs.flatMap((output, i) => {
    const { name, url, type, tls } = output
    if (name === undefined || !used.has(name)) return []
    const path = `spec.outputs[${i}]`
    const own = typesWithUrl.find(one => one === type)
    const brokers = own === 'kafka' ? (output.kafka?.brokers ?? []) : []
    const urls = [
      { path: `${path}.url`, actual: url },
      ...(own ? [{ path: `${path}.${own}.url`, actual: output[own]?.url }] : []),
      ...brokers.map((actual, n) => ({ path: `${path}.kafka.brokers[${n}]`, actual })),
    ]
    return [
      ...urls
        .filter(({ actual }) => actual && !/^(?:https|tls):\/\//i.test(actual))
        .map(one => ({ ...one, expected: 'a URL of https or tls' })),
      ...(tls?.insecureSkipVerify
        ? [{ path: `${path}.tls.insecureSkipVerify`, actual: true, expected: 'unset or false' }]
        : []),
    ]
  })
}
