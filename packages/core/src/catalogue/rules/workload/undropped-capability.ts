// Rule: every container gives up certain capabilities that runtimes grant by default.

import { setAt } from '../../../kube/patch.ts'
import { valueAt } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'
import { addedCapabilities, droppedCapabilities, plainCapability } from './capability-names.ts'

const dropping = (...drop: string[]) => ({ securityContext: { capabilities: { drop } } })

export const rule = defineRule({
  id: 'undropped-capability',
  title: 'Every container drops NET_RAW, or what else is asked for',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  parameters: {
    capabilities: {
      type: 'string[]',
      default: ['NET_RAW'],
      description:
        'The capabilities that every container must drop, without CAP_; dropping ALL drops each of them.',
    },
  },
  rationale:
    'With NET_RAW, which runtimes grant by default, a container can forge packets and listen to its neighbours. Off by default: the rule of Pod Security that asks for dropping ALL includes this.',
  remediation:
    'Add the capability, or better ALL, to securityContext.capabilities.drop of the container, and do not add it again.',
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],

  *violations(pod, { parameters }) {
    const wanted = parameters.capabilities.map(plainCapability)
    for (const container of pod.containers) {
      const dropped = droppedCapabilities(container)
      const kept = wanted.filter(name => {
        if (dropped.has(name)) return false
        return !dropped.has('ALL') || addedCapabilities(container).some(added => added.name === name)
      })
      if (kept.length > 0)
        yield {
          path: `${container.path}.securityContext.capabilities.drop`,
          actual: container.securityContext?.capabilities?.drop,
          expected: kept.join(', '),
          discriminator: container.name,
        }
    }
  },

  // Only NET_RAW is safe to take from a program that was not asked: few need more than ping of it.
  fix({ path }, { resource }, { parameters }) {
    if (!parameters.capabilities.every(name => plainCapability(name) === 'NET_RAW')) return []
    const dropped = (valueAt(resource, path) ?? []) as readonly string[]
    return setAt(resource, path, [...dropped, 'NET_RAW'])
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.capabilities.drop'],
      },
      'others dropped': {
        given: podWith(dropping('SYS_CHROOT')),
        mended: { 'spec.containers[0].securityContext.capabilities.drop': ['SYS_CHROOT', 'NET_RAW'] },
      },
      'dropped by the first of two only': {
        given: podWith(dropping('NET_RAW'), {}),
        at: ['spec.containers[1].securityContext.capabilities.drop'],
      },
      'with CAP_, which not every runtime takes': { given: podWith(dropping('CAP_NET_RAW')) },
      'all dropped but this added again': {
        given: podWith({ securityContext: { capabilities: { drop: ['ALL'], add: ['NET_RAW'] } } }),
      },
      'an init container': {
        given: pod({
          containers: [container(dropping('ALL'))],
          initContainers: [container({ name: 'init' })],
        }),
      },
      'in a CronJob': { given: cronJob() },
      'one of two asked for': {
        given: podWith(dropping('NET_RAW')),
        parameters: { capabilities: ['NET_RAW', 'MKNOD'] },
        mended: false,
      },
      'other settings only': { given: podWith({ securityContext: { runAsNonRoot: true } }) },
      'asked for with CAP_': { given: podWith({}), parameters: { capabilities: ['cap_net_raw'] } },
    },
    pass: {
      dropped: { given: podWith(dropping('CHOWN', 'NET_RAW')) },
      'all dropped': { given: podWith(dropping('ALL')) },
      'in small letters, which runtimes take': { given: podWith(dropping('all')) },
      'an init and an ephemeral container too': {
        given: pod({
          containers: [container(dropping('ALL'))],
          initContainers: [container({ name: 'init', ...dropping('ALL') })],
          ephemeralContainers: [container({ name: 'debug', ...dropping('ALL') })],
        }),
      },
      'nothing asked for': { given: podWith({}), parameters: { capabilities: [] } },
      'all dropped, and another added again': {
        given: podWith({ securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } }),
      },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
