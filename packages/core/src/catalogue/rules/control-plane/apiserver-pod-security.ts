// Rule: the API server holds namespaces to their Pod Security levels.

import { admissionFlags, pluginState } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-pod-security',
  title: 'The API server holds namespaces to their Pod Security levels',
  severity: 'high',
  component: 'kube-apiserver',
  flags: [...admissionFlags, 'feature-gates'],
  appliesTo: { kubernetes: { min: '1.22' } },
  parameters: { version: versionParameter },
  rationale:
    'Without the PodSecurity plugin the labels of namespaces that name a Pod Security level are words that nobody reads.',
  remediation:
    'Take PodSecurity out of --disable-admission-plugins and PodSecurity=false out of --feature-gates.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],

  *faults(flags) {
    const { isOn, place } = pluginState(flags, 'PodSecurity')
    if (!isOn) yield { at: place, expected: 'PodSecurity on, as it is by default since Kubernetes 1.23' }
    const gate = flags.featureGate('PodSecurity')
    if (gate.value === false) yield { at: gate, expected: '--feature-gates without PodSecurity=false' }
  },

  examples: {
    fail: {
      'switched off': { given: apiServer('--disable-admission-plugins=PodSecurity'), at: [word(1)] },
      'its feature switched off': {
        given: apiServer('--feature-gates=A=true,PodSecurity=false'),
        at: [word(1)],
      },
      both: {
        given: apiServer('--feature-gates=PodSecurity=false', '--disable-admission-plugins=PodSecurity'),
        at: [word(2), word(1)],
      },
      'not given in Kubernetes 1.22, where it was off': {
        given: componentPod('kube-apiserver', [], { image: 'k8s.gcr.io/kube-apiserver:v1.22.17' }),
        at: [word(1)],
      },
      'left out of the old list': { given: apiServer('--admission-control=NodeRestriction') },
    },
    pass: {
      'not given, which means on': { given: apiServer() },
      'its feature switched on': { given: apiServer('--feature-gates=PodSecurity=true') },
      'another plugin and feature switched off': {
        given: apiServer(
          '--disable-admission-plugins=PodSecurityPolicy',
          '--feature-gates=PodSecurityX=false',
        ),
      },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
