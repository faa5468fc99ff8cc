// Rule: no annotation holds a credential.

import { annotationsAt, metadataPaths } from '../../../kube/annotations.ts'
import { describeCredential } from '../../../kube/credentials/credential.ts'
import { findShapes } from '../../../kube/credentials/credential-shapes.ts'
import { childPath } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { namespace } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

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
    for (const path of metadataPaths(resource))
      for (const [name, value] of annotationsAt(resource, path))
        for (const credential of findShapes(value))
          yield {
            path: childPath(`${path}.annotations`, name),
            actual: describeCredential(credential),
            expected: 'a Secret in its place',
            discriminator: name,
          }
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
      'of the pods of a CronJob': {
        given: cronJob({ metadata: { annotations: { hook: token } } }),
        at: ['spec.jobTemplate.spec.template.metadata.annotations.hook'],
      },
      'two in one': {
        given: service({}, { annotations: { hooks: `${token} https://robot:hunter2@ci.example.com/` } }),
        at: ['metadata.annotations.hooks', 'metadata.annotations.hooks'],
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
      'a foreign kind that looks like a workload': {
        given: {
          ...deployment({ metadata: { annotations: { hook: token } } }),
          apiVersion: 'example.com/v1',
        },
      },
      'a workload whose pods have none': { given: cronJob() },
      'a URL without a password': {
        given: namespace({ annotations: { docs: 'https://robot@example.com/' } }),
      },
      'the name of a Secret': {
        given: service({}, { annotations: { 'nginx.ingress.kubernetes.io/auth-secret': 'basic-auth' } }),
      },
    },
  },
})
