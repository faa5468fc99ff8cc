// Rule: OpenShift forwards logs over TLS, to servers that it verifies.

import { forwarderKinds, readForwarder } from '../../../kube/openshift/kinds.ts'
import { openTransports } from '../../../kube/openshift/log-forwarding.ts'
import { defineRule } from '../../../model/rule.ts'
import { logForwarder } from '../../../samples/openshift.ts'

const to = (...outputs: readonly object[]) =>
  logForwarder({
    outputs: outputs.map((output, i) => ({ name: `out-${i}`, ...output })),
    pipelines: [{ inputRefs: ['audit'], outputRefs: outputs.map((_, i) => `out-${i}`) }],
  })

export const rule = defineRule({
  id: 'openshift-log-forwarding-tls',
  title: 'OpenShift forwards logs over TLS, to servers that it verifies',
  severity: 'medium',
  subject: forwarderKinds[1],
  kinds: forwarderKinds,
  rationale:
    'Whoever is on the way can read logs that are sent without TLS, change them and leave some out; without verification they can be the server.',
  remediation:
    'Give each output a URL of https or tls, and take insecureSkipVerify out; trust the server’s authority by tls.ca instead.',
  references: [
    'https://docs.redhat.com/en/documentation/red_hat_openshift_logging/latest/html/configuring_logging/configuring-log-forwarding',
  ],

  violations: resource => openTransports(readForwarder(resource)),

  examples: {
    fail: {
      'syslog over TCP': {
        given: to({ type: 'syslog', syslog: { url: 'tcp://siem.example.com:514' } }),
        at: ['spec.outputs[0].syslog.url'],
      },
      'in logging 5': {
        given: logForwarder(
          {
            outputs: [
              { name: 'elastic', type: 'elasticsearch', url: 'https://elastic.example.com' },
              { name: 'siem', type: 'fluentdForward', url: 'tcp://siem.example.com:24224' },
            ],
            pipelines: [{ inputRefs: ['application'], outputRefs: ['elastic'] }, { outputRefs: ['siem'] }],
          },
          'logging',
        ),
        at: ['spec.outputs[1].url'],
      },
      'one of the brokers': {
        given: to({
          type: 'kafka',
          kafka: { url: 'tls://a.example.com', brokers: ['tls://b.example.com', 'tcp://c.example.com'] },
        }),
        at: ['spec.outputs[0].kafka.brokers[1]'],
      },
      'a server that is not verified': {
        given: to({ type: 'lokiStack', tls: { insecureSkipVerify: true } }),
        at: ['spec.outputs[0].tls.insecureSkipVerify'],
      },
      'each type of URL': {
        given: to(
          ...['azureMonitor', 'cloudwatch', 'elasticsearch', 'http', 'kafka', 'loki', 'otlp', 'splunk'].map(
            type => ({
              type,
              [type]: { url: 'http://logs.example.com' },
            }),
          ),
        ),
        at: [
          'spec.outputs[0].azureMonitor.url',
          'spec.outputs[1].cloudwatch.url',
          'spec.outputs[2].elasticsearch.url',
          'spec.outputs[3].http.url',
          'spec.outputs[4].kafka.url',
          'spec.outputs[5].loki.url',
          'spec.outputs[6].otlp.url',
          'spec.outputs[7].splunk.url',
        ],
      },
      'a URL that only holds the word': {
        given: to({ type: 'http', http: { url: 'http://logs.example.com/?to=https://' } }),
      },
    },
    pass: {
      'over TLS': {
        given: to(
          { type: 'http', http: { url: 'https://logs.example.com' }, tls: { insecureSkipVerify: false } },
          { type: 'syslog', syslog: { url: 'TLS://siem.example.com:6514' } },
          { type: 'kafka', kafka: { brokers: ['tls://b.example.com'] } },
        ),
      },
      'a cloud, without a URL': { given: to({ type: 'cloudwatch', cloudwatch: {} }, { type: 'splunk' }) },
      'an empty URL': { given: to({ type: 'kafka', url: '', kafka: {} }) },
      'what is not of the type': {
        given: to({ type: 'http', kafka: { url: 'tcp://a.example.com', brokers: ['tcp://b.example.com'] } }),
      },
      'an output that no pipeline uses': {
        given: logForwarder({
          outputs: [{ name: 'siem', type: 'syslog', syslog: { url: 'udp://siem.example.com' } }],
          pipelines: [{ inputRefs: ['audit'], outputRefs: ['other'] }, {}],
        }),
      },
      'an output without a name': {
        given: logForwarder({ outputs: [{ type: 'http', http: { url: 'http://a' } }], pipelines: [] }),
      },
      nothing: { given: logForwarder({}) },
      'no spec': { given: { ...logForwarder({}), spec: undefined } },
    },
  },
})
