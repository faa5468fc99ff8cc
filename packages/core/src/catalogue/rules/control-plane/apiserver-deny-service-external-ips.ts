// Rule: the API server runs the plugin against external IPs of Services, or not, as asked for.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withoutPlugin, withPlugin } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-deny-service-external-ips',
  title: 'The API server runs the plugin against external IPs of Services, or not, as asked for',
  severity: 'low',
  component: 'kube-apiserver',
  flags: admissionFlags,
  parameters: {
    plugin: {
      type: 'string',
      default: 'on',
      oneOf: ['on', 'off'],
      description: 'Whether the plugin should run; benchmarks for Kubernetes up to 1.24 ask for off.',
    },
  },
  rationale:
    'Whoever may write Services can take over traffic for any address by spec.externalIPs (CVE-2020-8554); the plugin DenyServiceExternalIPs refuses that field.',
  remediation:
    'Add DenyServiceExternalIPs to --enable-admission-plugins, unless Services of this cluster need external IPs; a ValidatingAdmissionPolicy that limits the addresses does as well.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips',
    'https://github.com/kubernetes/kubernetes/issues/97076',
  ],

  faults: (flags, { plugin }) =>
    plugin === 'on'
      ? withoutPlugin(flags, 'DenyServiceExternalIPs')
      : withPlugin(flags, 'DenyServiceExternalIPs'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'other plugins alone': {
        given: apiServer('--enable-admission-plugins=NodeRestriction'),
        at: [word(1)],
      },
      'switched off': { given: apiServer('--disable-admission-plugins=DenyServiceExternalIPs') },
      'on, where it should be off': {
        given: apiServer('--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs'),
        parameters: { plugin: 'off' },
        at: [word(1)],
      },
    },
    pass: {
      on: { given: apiServer('--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs') },
      'off, as asked for': { given: apiServer(), parameters: { plugin: 'off' } },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
