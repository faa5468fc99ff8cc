// Rule: nobody asks for an AppArmor profile other than the runtime's or one of the node's.

import { removeAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { settingsOf } from './security-settings.ts'
import { annotationPath, annotationsNamed, plural, quoteAll, settersOf, valuesOf } from './wording.ts'

/** The annotations by which profiles were given before the field (Kubernetes 1.30); the rest of the key is a container's name. */
const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/'

const allowedTypes: readonly unknown[] = ['RuntimeDefault', 'Localhost']
const isAllowedAnnotation = (value: string) =>
  value === '' || value === 'runtime/default' || value.startsWith('localhost/')

const profile = (type: string) => ({ securityContext: { appArmorProfile: { type } } })
const annotated = (value: string, container = 'app') => ({
  metadata: { annotations: { [`${annotationPrefix}${container}`]: value } },
})

export const rule = defineRule({
  id: 'apparmor-profile',
  title: 'No pod or container turns AppArmor off',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    'Where the node has AppArmor, the runtime confines every container by it; Unconfined or an unknown profile takes that away.',
  remediation:
    'Leave the profile unset or ask for RuntimeDefault or Localhost; take annotations of the old form away.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tutorials/security/apparmor/',
  ],
  faultFields: ['appArmorProfile', 'annotations'],

  *violations(pod) {
    for (const { value, path, finding } of settingsOf(pod, 'appArmorProfile'))
      if (!allowedTypes.includes(value.type))
        yield {
          ...finding,
          path: `${path}.type`,
          actual: value.type,
          expected: 'unset, RuntimeDefault or Localhost',
        }
    const { annotations } = pod.metadata
    if (annotations === undefined) return
    for (const [key, value] of Object.entries(annotations))
      if (key.startsWith(annotationPrefix) && !isAllowedAnnotation(value))
        yield {
          path: annotationPath(pod, key),
          actual: value,
          expected: 'unset, runtime/default or localhost/…',
          discriminator: key.slice(annotationPrefix.length),
        }
  },

  /** Takes the request away instead of asking for RuntimeDefault, which nodes without AppArmor refuse. */
  fix: (violation, pod) => removeAt(pod.resource, violation.path.replace(/\.type$/, '')),

  admission: {
    check: 'appArmorProfile',
    denial(pod, violations) {
      const fields = violations.filter(({ path }) => path.endsWith('.type'))
      const annotations = annotationsNamed(pod, violations)
      const values = [...valuesOf(fields), ...annotations]
      const setters = [
        ...settersOf(pod, fields),
        ...(annotations.length > 0 ? [plural(annotations.length, 'annotation', 'annotations')] : []),
      ]
      return {
        reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
        detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoteAll(values)}`,
      }
    },
  },

  examples: {
    fail: {
      'the pod': { given: pod(profile('Unconfined')), at: ['spec.securityContext.appArmorProfile.type'] },
      'the pod, though its container says better': {
        given: pod({ ...profile('Unconfined'), containers: [{ name: 'app', ...profile('RuntimeDefault') }] }),
        at: ['spec.securityContext.appArmorProfile.type'],
      },
      'the second of two containers': {
        given: podWith(profile('RuntimeDefault'), profile('Unconfined')),
        at: ['spec.containers[1].securityContext.appArmorProfile.type'],
      },
      'an init container': { given: podWithInit(profile('Unconfined')) },
      'an ephemeral container': { given: podWithEphemeral(profile('unconfined')) },
      'a profile of no type': { given: pod({ securityContext: { appArmorProfile: {} } }) },
      'an annotation': {
        given: pod(annotated('unconfined')),
        at: [`metadata.annotations["${annotationPrefix}app"]`],
      },
      'an annotation of the template': {
        given: cronJob(annotated('bogus')),
        at: [`spec.jobTemplate.spec.template.metadata.annotations["${annotationPrefix}app"]`],
      },
      'an annotation for a container that is not there': { given: pod(annotated('unconfined', 'gone')) },
      'the second of two annotations': {
        given: pod({
          metadata: {
            annotations: {
              [`${annotationPrefix}app`]: 'runtime/default',
              [`${annotationPrefix}proxy`]: 'unconfined',
            },
          },
        }),
        at: [`metadata.annotations["${annotationPrefix}proxy"]`],
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'the profile of the runtime': { given: podWith(profile('RuntimeDefault')) },
      'a profile of the node': { given: pod(profile('Localhost')) },
      'annotations that name such profiles': {
        given: pod({
          metadata: {
            annotations: {
              [`${annotationPrefix}app`]: 'runtime/default',
              [`${annotationPrefix}other`]: 'localhost/mine',
              [`${annotationPrefix}third`]: '',
            },
          },
        }),
      },
      'another annotation': { given: pod({ metadata: { annotations: { apparmor: 'unconfined' } } }) },
    },
  },
})
