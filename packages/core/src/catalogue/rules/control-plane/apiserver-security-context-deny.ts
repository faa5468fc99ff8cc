// Rule: the API server limits the security contexts of pods.

import { admissionFlags, pluginState } from '../../../kube/control-plane/admission-plugins.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

const of = (version: string, ...flags: readonly string[]) =>
  componentPod('kube-apiserver', flags, { image: `registry.k8s.io/kube-apiserver:v${version}` })
const old = (...flags: readonly string[]) => of('1.24.17', ...flags)

export const rule = flagRule({
  id: 'apiserver-security-context-deny',
  title: 'The API server limits the security contexts of pods',
  severity: 'low',
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: admissionFlags,
  parameters: { version: versionParameter },
  rationale:
    'Where neither SecurityContextDeny nor a PodSecurityPolicy limits them, whoever may create pods may create privileged ones.',
  remediation:
    'Enable one of the two plugins; since Kubernetes 1.25 label namespaces for Pod Security admission instead.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#podsecurity'],

  *faults(flags) {
    // Both are gone by 1.30; what came after them is on by default.
    const names = isFrom(flags.version, 30) ? ['PodSecurity'] : ['SecurityContextDeny', 'PodSecurityPolicy']
    if (!names.some(name => pluginState(flags, name).isOn))
      yield {
        at: flags.list('enable-admission-plugins'),
        expected: `${names.join(' or ')} among --enable-admission-plugins`,
      }
  },

  examples: {
    fail: {
      neither: { given: old('--enable-admission-plugins=NodeRestriction'), at: [word(1)] },
      'not given': { given: old(), at: [word(1)] },
      'the successor switched off': {
        given: apiServer('--disable-admission-plugins=PodSecurity'),
        at: [word(2)],
      },
      'not given, in the last version that has it': { given: of('1.29.14') },
    },
    pass: {
      SecurityContextDeny: { given: old('--enable-admission-plugins=NodeRestriction,SecurityContextDeny') },
      PodSecurityPolicy: { given: old('--enable-admission-plugins=PodSecurityPolicy') },
      'the successor, on by default': { given: apiServer() },
      'the successor, in the first version without them': { given: of('1.30.0') },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
