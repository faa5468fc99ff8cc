// Rule: the API server turns away requests that nobody signed.

import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-anonymous-auth',
  title: 'The API server refuses anonymous requests',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['anonymous-auth'],
  rationale:
    'A request without credentials is taken as system:anonymous and goes on to authorization: one careless binding, or a fault in the server, and the cluster is open to the network.',
  remediation:
    'Start kube-apiserver with --anonymous-auth=false, or allow single paths such as /livez by --authentication-config. Give health probes credentials first: kubeadm’s use anonymous requests.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],

  *faults(flags) {
    const anonymous = flags.boolean('anonymous-auth')
    if (anonymous.value !== false)
      yield { at: anonymous, expected: '--anonymous-auth=false; unset means true' }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'given as true': { given: apiServer('--v=2', '--anonymous-auth=true'), at: [word(2)] },
      bare: { given: apiServer('--anonymous-auth') },
      'false first, and true later': {
        given: apiServer('--anonymous-auth=false', '--anonymous-auth=true'),
        at: [word(2)],
      },
      'false in a word of its own, which is no value': { given: apiServer('--anonymous-auth', 'false') },
      'in args': {
        given: componentPod('kube-apiserver', [], { args: ['--anonymous-auth=true'] }),
        at: ['spec.containers[0].args[0]'],
      },
    },
    pass: {
      'given as false': { given: apiServer('--anonymous-auth=false') },
      'as Go may write it': { given: apiServer('--anonymous_auth=F') },
    },
    notEvaluated: {
      'a file may say it': { given: apiServer('--authentication-config=/etc/kubernetes/authn.yaml') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
