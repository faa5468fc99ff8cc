// Rule: pods that are not trusted run in a sandbox.

import { isSandbox, readRuntimeClass } from '../../../kube/kinds/runtime-class.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { container, cronJob, deployment, pod } from '../../../samples/pods.ts'
import { isNamedBy } from '../rbac/accepted-names.ts'

const parameters = { namespaces: ['shop', 'tenant-*'] }
const runtime = (name: string, handler: string) =>
  object('node.k8s.io/v1', 'RuntimeClass', { name }, { handler })

export const rule = defineRule({
  id: 'sandboxed-runtime',
  title: 'Pods that are not trusted run in a sandbox',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: ['RuntimeClass'],
  parameters: {
    namespaces: {
      type: 'string[]',
      default: [],
      description: 'The namespaces whose pods are not trusted; * stands for any characters.',
    },
  },
  rationale:
    'Ordinary containers share the kernel of their node, so that one hole in it is a way out; a sandbox puts another kernel between.',
  remediation: 'Install gVisor or Kata Containers, and name its RuntimeClass in spec.runtimeClassName.',
  references: ['https://kubernetes.io/docs/concepts/containers/runtime-class/'],

  *violations(pod, { parameters: { namespaces }, lookup }) {
    if (!isNamedBy(namespaces, pod.namespace)) return
    const name = pod.spec.runtimeClassName
    const found = name === undefined ? undefined : lookup.get('RuntimeClass', undefined, name)
    if (found && isSandbox(readRuntimeClass(found))) return
    yield {
      path: `${pod.path}.runtimeClassName`,
      actual: name,
      expected: 'a RuntimeClass of gVisor or Kata Containers',
    }
  },

  examples: {
    fail: {
      'nothing said': { given: pod(), parameters, at: ['spec.runtimeClassName'] },
      'a class that is no sandbox': {
        given: pod({ runtimeClassName: 'nvidia' }),
        with: [runtime('nvidia', 'nvidia')],
        parameters,
      },
      'a class that is not there': { given: pod({ runtimeClassName: 'gvisor' }), parameters },
      'a class that only has the name': {
        given: deployment({ runtimeClassName: 'gvisor' }),
        with: [runtime('gvisor', 'runc')],
        parameters,
      },
      'by a pattern, in a CronJob': {
        given: { ...cronJob(), metadata: { name: 'nightly', namespace: 'tenant-a' } },
        parameters,
      },
    },
    pass: {
      gVisor: {
        given: pod({ runtimeClassName: 'safe', containers: [container()] }),
        with: [runtime('safe', 'runsc')],
        parameters,
      },
      'a kind of Kata': {
        given: pod({ runtimeClassName: 'vm' }),
        with: [runtime('vm', 'kata-qemu')],
        parameters,
      },
      'another namespace': {
        given: pod({ metadata: { namespace: 'shopping' } }),
        parameters,
      },
      'no namespace is named': { given: pod() },
    },
  },
})
