// Rule: the API server holds pods to PodSecurityPolicies, or to what came after them.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { switchedOff, withoutPlugin } from './faults.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

const image = 'k8s.gcr.io/kube-apiserver:v1.24.17'
const old = (...flags: readonly string[]) => componentPod('kube-apiserver', flags, { image })

export const rule = flagRule({
  id: 'apiserver-pod-security-policy',
  title: 'The API server holds pods to PodSecurityPolicies, or to what came after them',
  severity: 'medium',
  // Where Pod Security levels are enforced, versions before 1.25 need no such policies either.
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: admissionFlags,
  parameters: { version: versionParameter },
  rationale: 'Without the PodSecurityPolicy plugin the policies that are there hold nobody to anything.',
  remediation:
    'Move to Pod Security levels or a policy engine, and leave PodSecurity on; before Kubernetes 1.25 add PodSecurityPolicy to --enable-admission-plugins, once every account may use a policy.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-policy/'],

  faults: flags =>
    isFrom(flags.version, 25) ? switchedOff(flags, 'PodSecurity') : withoutPlugin(flags, 'PodSecurityPolicy'),

  examples: {
    fail: {
      'not given': { given: old(), at: [word(1)] },
      'the successor switched off': {
        given: apiServer('--disable-admission-plugins=PodSecurity'),
        at: [word(1)],
      },
      'a longer name': { given: old('--enable-admission-plugins=MyPodSecurityPolicy') },
      'the plugin that came after it': { given: old('--enable-admission-plugins=PodSecurity') },
    },
    pass: {
      'among others': { given: old('--enable-admission-plugins=NodeRestriction,PodSecurityPolicy') },
      'the successor, on by default': { given: apiServer() },
      'the successor, in the first version without such policies': {
        given: componentPod('kube-apiserver', [], { image: 'registry.k8s.io/kube-apiserver:v1.25.0' }),
      },
      'in the old list': { given: old('--admission-control=PodSecurityPolicy') },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
