// Rule: no annotation holds a credential.

import { findShapes } from '../../../kube/credentials/credential-shapes.ts'
import { describeCredential } from '../../../kube/credentials/find-credentials.ts'
import { childPath, valueAt } from '../../../kube/path.ts'
import { makesPods } from '../../../kube/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { isRecord } from '../../../model/shape.ts'
import { service } from '../../../samples/network.ts'
import { namespace } from '../../../samples/objects.ts'
import { deployment, pod } from '../../../samples/pods.ts'

const token = `xoxb-${'123456789012-abcdefABCDEF'}`

export const rule = defineRule({
  id: 'credentials-in-annotations',
  title: 'No annotation holds a credential',
  severity: 'high',
  subject: 'Annotated',
  kinds: ['*'],
  redacts: true,
  rationale: 'Annotations are read by whoever may list objects, and copied into metrics, events and backups.',
  remediation: 'Exchange the credential, since it was in the open; keep the new one in a Secret.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],

  *violations(resource) {
    yield* inAnnotations('metadata.annotations', resource.metadata.annotations)
    if (resource.kind === 'Pod' || !makesPods(resource)) return
    const path = templateOf(resource)
    yield* inAnnotations(path, valueAt(resource, path))
  },

  examples: {
    fail: {
      'a token': {
        given: service({}, { annotations: { 'example.com/notify': token } }),
        at: ['metadata.annotations["example.com/notify"]'],
      },
      'a URL': { given: namespace({ annotations: { hook: 'https://robot:hunter2@ci.example.com/' } }) },
      'of the pods of a workload': {
        given: deployment({ metadata: { annotations: { hook: token } } }),
        at: ['spec.template.metadata.annotations.hook'],
      },
      'the second of two': {
        given: pod({ metadata: { annotations: { a: 'plain', b: `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}` } } }),
        at: ['metadata.annotations.b'],
      },
    },
    pass: {
      none: { given: pod() },
      'plain ones': {
        given: service({}, { annotations: { 'example.com/owner': 'shop', token: 'development' } }),
      },
      'a URL without a password': {
        given: namespace({ annotations: { docs: 'https://robot@example.com/' } }),
      },
      'the name of a Secret': {
        given: service({}, { annotations: { 'nginx.ingress.kubernetes.io/auth-secret': 'basic-auth' } }),
      },
    },
  },
})

function* inAnnotations(path: string, annotations: unknown): Generator<Violation> {
  if (!isRecord(annotations)) return
  for (const name in annotations) {
    const value = annotations[name]
    if (typeof value !== 'string') continue
    for (const credential of findShapes(value))
      yield {
        path: childPath(path, name),
        actual: describeCredential(credential),
        expected: 'a Secret in its place',
        discriminator: name,
      }
  }
}

function templateOf({ kind }: Resource): string {
  if (kind === 'CronJob') return 'spec.jobTemplate.spec.template.metadata.annotations'
  return kind === 'PodTemplate' ? 'template.metadata.annotations' : 'spec.template.metadata.annotations'
}
