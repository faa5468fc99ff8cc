// Rule: no SELinux label beyond those made for containers.

import { removeAt } from '../../../kube/patch.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { defineRule } from '../../../model/rule.ts'
import { deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { versionParameter } from './policy-version.ts'
import { settingsOf } from './security-settings.ts'
import { plural, quoteAll, settersNamed, valuesOf } from './wording.ts'

/** The types that Kubernetes allows at the baseline level. Source: Pod Security Standards. */
const typesFrom1_0: readonly string[] = ['container_t', 'container_init_t', 'container_kvm_t']
const typesFrom1_31: readonly string[] = [...typesFrom1_0, 'container_engine_t']

const labelled = (seLinuxOptions: { type?: string; user?: string; role?: string; level?: string }) => ({
  securityContext: { seLinuxOptions },
})

export const rule = defineRule({
  id: 'selinux-options',
  title: 'No container asks for an SELinux label beyond those made for containers',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'SELinux keeps a process that leaves its container from the files of the node; a type such as spc_t, or another user or role, lifts that.',
  remediation:
    'Leave user, role and type of seLinuxOptions unset, or use a container type; level may be set freely.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['seLinuxOptions'],

  *violations(pod, { parameters: { version } }) {
    const types = isFrom(version, 31) ? typesFrom1_31 : typesFrom1_0
    for (const { value, path, finding } of settingsOf(pod, 'seLinuxOptions')) {
      if (value.type && !types.includes(value.type))
        yield {
          ...finding,
          path: `${path}.type`,
          actual: value.type,
          expected: `unset or one of ${types.join(', ')}`,
        }
      if (value.user) yield { ...finding, path: `${path}.user`, actual: value.user, expected: 'unset' }
      if (value.role) yield { ...finding, path: `${path}.role`, actual: value.role, expected: 'unset' }
    }
  },

  fix: (violation, pod) => removeAt(pod.resource, violation.path),

  admission: {
    check: 'seLinuxOptions',
    denial(pod, violations) {
      const of = (field: string) => violations.filter(({ path }) => path.endsWith(`.${field}`))
      const types = valuesOf(of('type'))
      const faults = [
        ...(types.length > 0 ? [`${plural(types.length, 'type', 'types')} ${quoteAll(types)}`] : []),
        ...(of('user').length > 0 ? ['user may not be set'] : []),
        ...(of('role').length > 0 ? ['role may not be set'] : []),
      ]
      return {
        reason: 'seLinuxOptions',
        detail: `${settersNamed(pod, violations)} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')}`,
      }
    },
  },

  examples: {
    fail: {
      'a type of the pod': {
        given: pod(labelled({ type: 'spc_t' })),
        at: ['spec.securityContext.seLinuxOptions.type'],
      },
      'user and role of the second container': {
        given: podWith({}, labelled({ user: 'system_u', role: 'system_r', type: 'container_t' })),
        at: [
          'spec.containers[1].securityContext.seLinuxOptions.user',
          'spec.containers[1].securityContext.seLinuxOptions.role',
        ],
      },
      'an init container': { given: podWithInit(labelled({ type: 'unconfined_t' })) },
      'in a Deployment': {
        given: deployment(labelled({ user: 'root' })),
        at: ['spec.template.spec.securityContext.seLinuxOptions.user'],
      },
      'a type that came later': {
        given: podWith(labelled({ type: 'container_engine_t' })),
        parameters: { version: '1.30' },
      },
      'the pod and a container': {
        given: pod({
          ...labelled({ type: 'spc_t' }),
          containers: [{ name: 'app', ...labelled({ type: 'init_t' }) }],
        }),
        at: [
          'spec.securityContext.seLinuxOptions.type',
          'spec.containers[0].securityContext.seLinuxOptions.type',
        ],
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'a level only': { given: pod(labelled({ level: 's0:c123,c456' })) },
      'types for containers': {
        given: podWith(...typesFrom1_0.map(type => labelled({ type }))),
        parameters: { version: '1.0' },
      },
      'empty texts': { given: pod(labelled({ type: '', user: '', role: '' })) },
      'a type from 1.31': {
        given: podWith(labelled({ type: 'container_engine_t' })),
        parameters: { version: '1.31' },
      },
    },
  },
})
