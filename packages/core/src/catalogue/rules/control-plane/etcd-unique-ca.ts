// Rule: etcd trusts an authority of its own, not the one that signs client certificates of the cluster.

import { findProcess, isOperated, runsComponent } from '../../../kube/control-plane/component.ts'
import { readFlags } from '../../../kube/control-plane/flags.ts'
import { mountedHostPath } from '../../../kube/control-plane/mounted-path.ts'
import { withOperatorConfig } from '../../../kube/openshift/operator-config.ts'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { apiServerConfig, operatedApiServer, operatedEtcd } from '../../../samples/openshift.ts'
import { pod } from '../../../samples/pods.ts'
import { apiServer, componentPod, etcd, notComponents, scripted, word } from './component-pods.ts'

const flag = 'trusted-ca-file'

export const rule = defineRule({
  id: 'etcd-unique-ca',
  title: 'Etcd trusts an authority of its own',
  severity: 'medium',
  subject: 'PodTemplate',
  reads: ['ConfigMap', 'Pod'],
  absent: 'not-collected',
  rationale:
    'Where etcd trusts the authority that signs the cluster’s client certificates, any such certificate opens etcd, and with it all of the cluster.',
  remediation:
    'Make an authority for etcd alone, sign the certificates of etcd and of its clients with it, and start etcd with --trusted-ca-file.',
  references: ['https://kubernetes.io/docs/setup/best-practices/certificates/#single-root-ca'],

  concerns: pod => runsComponent(pod, 'etcd'),

  *violations(pod, { lookup }) {
    const process = findProcess(pod, 'etcd')
    const flags = process && readFlags(process)
    if (!flags || flags.unseen([flag]) !== undefined) return
    const trusted = flags.text(flag)
    const { path, actual } = trusted
    if (trusted.value === '') {
      yield { path, actual, expected: `--${flag}=<file>` }
      return
    }
    const own = mountedHostPath(pod, process.container, trusted.value)
    if (clientAuthorities(pod, lookup).includes(own))
      yield { path, actual, expected: `another file than kube-apiserver’s --client-ca-file` }
  },

  unseen(pod, { lookup }) {
    const process = findProcess(pod, 'etcd')
    const hidden = process && readFlags(process).unseen([flag])
    if (hidden !== undefined) return hidden
    return clientAuthorities(pod, lookup).length === 0
      ? 'no kube-apiserver pod tells which authority signs client certificates'
      : undefined
  },

  examples: {
    fail: {
      'none at all': { given: etcd(), with: [apiServer('--client-ca-file=/pki/ca.crt')], at: [word(1)] },
      'the file of the API server': {
        given: etcd('--trusted-ca-file=/pki/ca.crt'),
        with: [apiServer('--client-ca-file=/pki/ca.crt')],
        at: [word(1)],
      },
      'the same file of the node, mounted elsewhere': {
        given: mounting('/etc/kubernetes/pki', '/ca', etcd('--trusted-ca-file=/ca/ca.crt')),
        with: [pod(), mounting('/etc/kubernetes', '/k8s', apiServer('--client-ca-file=/k8s/pki/ca.crt'))],
      },
      'OpenShift, with the file of the API server': {
        given: operatedEtcd('--trusted-ca-file=/pki/ca.crt'),
        with: [operatedApiServer(), apiServerConfig({ 'client-ca-file': ['/pki/ca.crt'] })],
        at: ['spec.containers[0].args[0]'],
      },
      'that of a second API server': {
        given: etcd('--trusted-ca-file=/pki/ca.crt'),
        with: [apiServer('--client-ca-file=/pki/a.crt'), apiServer('--client-ca-file=/pki/ca.crt')],
      },
    },
    pass: {
      'another file': {
        given: etcd('--trusted-ca-file=/pki/etcd/ca.crt'),
        with: [apiServer('--client-ca-file=/pki/ca.crt')],
      },
      'the same name in another directory of the node': {
        given: mounting('/etc/etcd', '/pki', etcd('--trusted-ca-file=/pki/ca.crt')),
        with: [mounting('/etc/kubernetes', '/pki', apiServer('--client-ca-file=/pki/ca.crt'))],
      },
      'by the environment': {
        given: componentPod('etcd', [], {
          env: [{ name: 'ETCD_TRUSTED_CA_FILE', value: '/pki/etcd/ca.crt' }],
        }),
        with: [apiServer('--client-ca-file=/pki/ca.crt')],
      },
      'OpenShift, with another file': {
        given: operatedEtcd('--trusted-ca-file=/pki/etcd/ca.crt'),
        with: [operatedApiServer(), apiServerConfig({ 'client-ca-file': ['/pki/ca.crt'] })],
      },
      'another file, beside pods that tell nothing of it': {
        given: etcd('--trusted-ca-file=/pki/etcd/ca.crt'),
        with: [
          pod({ metadata: { namespace: 'kube-system' } }),
          apiServer(),
          apiServer('--client-ca-file=/pki/ca.crt'),
        ],
      },
    },
    notEvaluated: {
      'OpenShift, whose configuration was not read': {
        given: operatedEtcd('--trusted-ca-file=/pki/etcd/ca.crt'),
        with: [operatedApiServer(), apiServer('--client-ca-file=/pki/ca.crt')],
      },
      'no API server in sight': { given: etcd('--trusted-ca-file=/pki/etcd/ca.crt') },
      'a file of flags': {
        given: etcd('--config-file=/etc/etcd.yaml'),
        with: [apiServer('--client-ca-file=/pki/ca.crt')],
      },
      'a shell script starts it': {
        given: scripted('etcd'),
        with: [apiServer('--client-ca-file=/pki/ca.crt')],
      },
      'an API server that names none': {
        given: etcd('--trusted-ca-file=/pki/etcd/ca.crt'),
        with: [apiServer()],
      },
    },
    unconcerned: notComponents('etcd'),
  },
})

/** The files, as paths on the node where they are mounted from it, by which API servers know client certificates. */
function clientAuthorities(pod: PodTemplate, lookup: Lookup): string[] {
  const namespace = isOperated(pod) ? 'openshift-kube-apiserver' : 'kube-system'
  return lookup.list('Pod', namespace).flatMap(resource => {
    const reading = readPodTemplate(resource)
    const process = reading.ok ? findProcess(reading.template, 'kube-apiserver') : undefined
    const configured = process && reading.ok && withOperatorConfig(process, reading.template, lookup)
    const file = configured && readFlags(configured).text('client-ca-file').value
    return reading.ok && process && file ? [mountedHostPath(reading.template, process.container, file)] : []
  })
}

function mounting(directory: string, at: string, component: ReturnType<typeof etcd>) {
  const spec = component.spec as PodTemplate['spec']
  return {
    ...component,
    spec: {
      ...spec,
      volumes: [{ name: 'files', hostPath: { path: directory } }],
      containers: spec.containers?.map(own => ({ ...own, volumeMounts: [{ name: 'files', mountPath: at }] })),
    },
  }
}
