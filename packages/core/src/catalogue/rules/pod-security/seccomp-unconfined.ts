// Rule: nobody turns seccomp off.

import { setAt } from '../../../kube/patch.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { versionParameter } from './policy-version.ts'
import { settingsOf } from './security-settings.ts'
import { annotationPath, annotationsNamed, plural, quoteAll, settersNamed, valuesOf } from './wording.ts'

/** The annotations by which profiles were given before the field (Kubernetes 1.19). */
const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod'
const containerAnnotation = 'container.seccomp.security.alpha.kubernetes.io/'

const allowedTypes: readonly unknown[] = ['RuntimeDefault', 'Localhost']
const isAllowedAnnotation = (value: string) =>
  value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/')

const profile = (type: string) => ({ securityContext: { seccompProfile: { type } } })
const annotated = (key: string, value: string) => ({ metadata: { annotations: { [key]: value } } })
const before = { version: '1.18' }

export const rule = defineRule({
  id: 'seccomp-unconfined',
  title: 'No pod or container turns seccomp off',
  severity: 'medium',
  // seccomp-profile reports the same, and what says nothing besides.
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'Without seccomp a process may call all of the kernel, hundreds of calls that containers do not need and exploits do.',
  remediation: 'Leave seccompProfile unset or ask for RuntimeDefault or Localhost.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tutorials/security/seccomp/',
  ],
  faultFields: ['seccompProfile', 'annotations'],

  violations: (pod, { parameters: { version } }) =>
    isFrom(version, 19) ? fieldViolations(pod) : annotationViolations(pod),

  fix: (violation, pod) =>
    violation.path.endsWith('.type')
      ? setAt(pod.resource, violation.path.slice(0, -'.type'.length), { type: 'RuntimeDefault' })
      : setAt(pod.resource, violation.path, 'runtime/default'),

  admission: {
    check: 'seccompProfile_baseline',
    denial(pod, violations, { version }) {
      if (isFrom(version, 19))
        return {
          reason: 'seccompProfile',
          detail: `${settersNamed(pod, violations)} must not set securityContext.seccompProfile.type to ${quoteAll(valuesOf(violations))}`,
        }
      const annotations = annotationsNamed(pod, violations)
      return {
        reason: 'seccompProfile',
        detail: `forbidden ${plural(annotations.length, 'annotation', 'annotations')} ${annotations.join(', ')}`,
      }
    },
  },

  examples: {
    fail: {
      'the pod': { given: pod(profile('Unconfined')), at: ['spec.securityContext.seccompProfile.type'] },
      'the pod, though its container says better': {
        given: pod({ ...profile('Unconfined'), containers: [{ name: 'app', ...profile('RuntimeDefault') }] }),
        at: ['spec.securityContext.seccompProfile.type'],
      },
      'the second of two containers': {
        given: podWith({}, profile('Unconfined')),
        at: ['spec.containers[1].securityContext.seccompProfile.type'],
      },
      'an init container': { given: podWithInit(profile('Unconfined')) },
      'an ephemeral container': { given: podWithEphemeral(profile('unconfined')) },
      'a profile of no type': { given: pod({ securityContext: { seccompProfile: {} } }) },
      'before 1.19, the annotation of the pod': {
        given: pod(annotated(podAnnotation, 'unconfined')),
        parameters: before,
        at: [`metadata.annotations["${podAnnotation}"]`],
      },
      'before 1.19, the annotation of a container': {
        given: cronJob(annotated(`${containerAnnotation}app`, 'unconfined')),
        parameters: before,
        at: [`spec.jobTemplate.spec.template.metadata.annotations["${containerAnnotation}app"]`],
      },
      'before 1.19, an empty annotation': { given: pod(annotated(podAnnotation, '')), parameters: before },
      'the pod and a container': {
        given: pod({ ...profile('Unconfined'), containers: [{ name: 'app', ...profile('Unconfined') }] }),
        at: [
          'spec.securityContext.seccompProfile.type',
          'spec.containers[0].securityContext.seccompProfile.type',
        ],
      },
      'before 1.19, the annotation of the second container': {
        given: pod({
          ...annotated(`${containerAnnotation}proxy`, 'unconfined'),
          containers: [{ name: 'app' }, { name: 'proxy' }],
        }),
        parameters: before,
        at: [`metadata.annotations["${containerAnnotation}proxy"]`],
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'the profile of the runtime': { given: pod(profile('RuntimeDefault')) },
      'a profile of the node': { given: podWith(profile('Localhost')) },
      'from 1.19, an annotation says nothing': {
        given: pod(annotated(podAnnotation, 'unconfined')),
        parameters: { version: '1.19' },
      },
      'before 1.19, the field says nothing': { given: pod(profile('Unconfined')), parameters: before },
      'before 1.19, an annotation for a container that is not there': {
        given: pod(annotated(`${containerAnnotation}gone`, 'unconfined')),
        parameters: before,
      },
      'before 1.19, annotations with good profiles': {
        given: pod({
          metadata: {
            annotations: {
              [podAnnotation]: 'docker/default',
              [`${containerAnnotation}app`]: 'localhost/mine.json',
            },
          },
        }),
        parameters: before,
      },
    },
  },
})

function* fieldViolations(pod: PodTemplate): Generator<Violation> {
  for (const { value, path, finding } of settingsOf(pod, 'seccompProfile'))
    if (!allowedTypes.includes(value.type))
      yield {
        ...finding,
        path: `${path}.type`,
        actual: value.type,
        expected: 'unset, RuntimeDefault or Localhost',
      }
}

function* annotationViolations(pod: PodTemplate): Generator<Violation> {
  const annotations = pod.metadata.annotations ?? {}
  const bad = (key: string) => Object.hasOwn(annotations, key) && !isAllowedAnnotation(annotations[key] ?? '')
  const at = (key: string) => ({
    path: annotationPath(pod, key),
    actual: annotations[key],
    expected: 'unset, runtime/default or localhost/…',
  })
  if (bad(podAnnotation)) yield at(podAnnotation)
  for (const { name } of pod.containers)
    if (bad(`${containerAnnotation}${name}`))
      yield { ...at(`${containerAnnotation}${name}`), discriminator: name }
}
