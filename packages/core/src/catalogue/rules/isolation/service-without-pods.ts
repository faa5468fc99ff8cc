// Rule: a Service selects pods that are there.

import { readService } from '../../../kube/kinds/service.ts'
import { selectsByMap } from '../../../kube/label-selector.ts'
import { podLabelKinds, podLabelsIn } from '../../../kube/network/pod-labels.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'
import { deployment, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'service-without-pods',
  title: 'A Service selects pods that are there',
  severity: 'low',
  subject: 'Service',
  reads: podLabelKinds,
  rationale:
    'Nothing answers behind such a Service; and whoever may create pods with its labels answers in its name, to clients that trust it.',
  remediation: 'Correct spec.selector to the labels of the pods, or delete the Service.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/'],

  *violations(resource, { lookup }) {
    const { spec, metadata } = readService(resource)
    const { selector = {}, type } = spec ?? {}
    // Without a selector somebody else writes its endpoints.
    if (type === 'ExternalName' || Object.keys(selector).length === 0) return
    const pods = lookup.deriveIn(podLabelsIn, metadata.namespace || 'default')
    if (pods.having(selector).some(labels => selectsByMap(selector, labels))) return
    yield {
      path: 'spec.selector',
      actual: selector,
      expected: 'labels of pods of this namespace among what was scanned',
    }
  },

  examples: {
    fail: {
      'pods that are gone': { given: service({ selector: { app: 'gone' } }), with: [deployment()] },
      'no pods': { given: service(), at: ['spec.selector'] },
      'other pods': { given: service(), with: [pod({ metadata: { labels: { app: 'db' } } })] },
      'pods of another namespace': { given: service({}, { namespace: 'other' }), with: [deployment()] },
      'pods with some of the labels': {
        given: service({ selector: { app: 'web', tier: 'front' } }),
        with: [deployment()],
      },
    },
    pass: {
      'a Deployment': { given: service(), with: [deployment()] },
      'pods with more labels': {
        given: service(),
        with: [pod({ metadata: { labels: { app: 'web', tier: 'front' } } })],
      },
      'no selector': { given: service({ selector: {} }) },
      'another name': { given: service({ type: 'ExternalName', externalName: 'db.example.com' }) },
      'no word of a selector': { given: service({ selector: undefined }) },
      'no spec at all': { given: object('v1', 'Service') },
      'a pod, in the namespace that is meant when none is named': {
        given: { ...service(), metadata: { name: 'web' } },
        with: [pod({ metadata: { labels: { app: 'web' }, namespace: 'default' } })],
      },
    },
  },
})
