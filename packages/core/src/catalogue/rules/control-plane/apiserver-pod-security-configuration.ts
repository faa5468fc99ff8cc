// Rule: the API server has a configuration of Pod Security for namespaces that name no level.

import type { FlagPlace } from '../../../kube/control-plane/flags.ts'
import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

const flag = 'admission-control-config-file'

export const rule = flagRule({
  id: 'apiserver-pod-security-configuration',
  title: 'The API server has a configuration of Pod Security for namespaces that name no level',
  severity: 'medium',
  // What the file says cannot be seen from the API, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: [flag],
  rationale:
    'A namespace without Pod Security labels is held to nothing, unless a configuration says otherwise.',
  remediation:
    'Write a PodSecurityConfiguration with a default level, and start kube-apiserver with it by --admission-control-config-file.',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/',
  ],

  *faults(flags) {
    yield* withoutFile(flags, flag)
    // OpenShift’s configuration tells which plugins the file is for.
    const file = flags.text(flag)
    if (file.value !== '' && isToldOf(file) && !file.value.split('+').includes('PodSecurity'))
      yield { at: file, expected: 'PodSecurity among the plugins that are configured' }
  },

  undecided: flags => {
    const file = flags.text(flag)
    return isToldOf(file) ? undefined : `what ${file.value} says of the plugin PodSecurity was not read`
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer(`--${flag}=`), at: [word(1)] },
      'for another plugin, in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({}, { admission: { pluginConfig: { PodSecurityX: {} } } })],
        at: ['metadata.labels.revision'],
      },
    },
    pass: {
      'in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({}, { admission: { pluginConfig: { A: {}, PodSecurity: {} } } })],
      },
    },
    notEvaluated: {
      'a file': { given: apiServer(`--${flag}=/etc/kubernetes/admission.yaml`) },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})

function isToldOf({ note }: FlagPlace): boolean {
  return note !== undefined
}
