// Rule: no Windows container runs as its administrator.

import { defineRule } from '../../../model/rule.ts'
import { container, pod } from '../../../samples/pods.ts'

const windows = { os: { name: 'windows' } }
const user = (runAsUserName: string) => ({ securityContext: { windowsOptions: { runAsUserName } } })

export const rule = defineRule({
  id: 'windows-container-administrator',
  title: 'No Windows container runs as ContainerAdministrator',
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { os: 'windows' },
  parameters: {
    required: {
      type: 'boolean',
      default: false,
      description: 'Whether runAsUserName must be set: without it the image decides.',
    },
  },
  rationale:
    'ContainerAdministrator may change everything in the container: install services, read every file of its volumes, change the registry. ContainerUser is there for programs that do not.',
  remediation: 'Set windowsOptions.runAsUserName: ContainerUser on the pod or the container.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/'],

  *violations(pod, { parameters }) {
    for (const container of pod.containers) {
      const own = container.securityContext?.windowsOptions?.runAsUserName
      const actual = own ?? pod.spec.securityContext?.windowsOptions?.runAsUserName
      if (actual === undefined ? parameters.required : isAdministrator(actual))
        yield {
          path: `${own === undefined && actual !== undefined ? pod.path : container.path}.securityContext.windowsOptions.runAsUserName`,
          actual,
          expected: 'ContainerUser, or another plain user',
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'on the pod': {
        given: pod({ ...windows, ...user('ContainerAdministrator') }),
        at: ['spec.securityContext.windowsOptions.runAsUserName'],
      },
      'on the second of two containers': {
        given: pod({
          ...windows,
          ...user('ContainerUser'),
          containers: [container(), container({ name: 'app-2', ...user('ContainerAdministrator') })],
        }),
        at: ['spec.containers[1].securityContext.windowsOptions.runAsUserName'],
      },
      'in other letters and with a domain': {
        given: pod({ ...windows, ...user('User Manager\\containeradministrator') }),
      },
      'nothing said where it is required': {
        given: pod(windows),
        parameters: { required: true },
        at: ['spec.containers[0].securityContext.windowsOptions.runAsUserName'],
      },
    },
    pass: {
      'nothing said': { given: pod(windows) },
      'a plain user': { given: pod({ ...windows, ...user('ContainerUser') }) },
      'a plain user on the only container': {
        given: pod({
          ...windows,
          ...user('ContainerAdministrator'),
          containers: [container(user('ContainerUser'))],
        }),
      },
      'a pod that may run on any system and says nothing': { given: pod() },
      'other settings only': {
        given: pod({
          ...windows,
          securityContext: { runAsNonRoot: true },
          containers: [container({ securityContext: { readOnlyRootFilesystem: true } })],
        }),
      },
      'names that only begin or end like it': {
        given: pod({
          ...windows,
          ...user('MyContainerAdministrator'),
          containers: [container(), container({ name: 'app-2', ...user('ContainerAdministrators') })],
        }),
      },
    },
    notApplicable: {
      'a Linux pod': { given: pod({ os: { name: 'linux' }, ...user('ContainerAdministrator') }) },
    },
  },
})

/** Windows compares user names without regard to case; a domain may stand before them. */
function isAdministrator(name: string): boolean {
  return /(?:^|\\)containeradministrator$/i.test(name)
}
