// Rule: no webhook that is down keeps the cluster from mending itself.

import { failurePolicyOf, webhooksOf } from '../../../kube/admission/kinds.ts'
import { coversNamespace, coversPodCreation } from '../../../kube/admission/webhook-reach.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { mutatingWebhooks, onPods, validatingWebhooks, webhook } from '../../../samples/admission.ts'
import { namespace } from '../../../samples/objects.ts'

const nameLabel = 'kubernetes.io/metadata.name'
const outside = (...values: readonly string[]) => ({
  namespaceSelector: { matchExpressions: [{ key: nameLabel, operator: 'NotIn', values }] },
})

export const rule = defineRule({
  id: 'webhook-covers-kube-system',
  title: 'No webhook that is down keeps kube-system or its own pods from starting',
  severity: 'medium',
  subject: 'WebhookConfiguration',
  kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  reads: ['Namespace'],
  rationale:
    'A webhook that must answer before any pod is created, those of kube-system and its own among them, can stop a cluster for good: while it is down, nothing that would bring it back may start.',
  remediation:
    'Leave kube-system and the webhook’s own namespace out by namespaceSelector, on the label kubernetes.io/metadata.name.',
  references: [
    'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#dont-mutate-system-objects',
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#avoiding-operating-on-the-kube-system-namespace',
  ],

  *violations(resource, { lookup }) {
    for (const { index, own, covered } of reaches(resource, lookup)) {
      const names = [...covered].filter(([, covers]) => covers).map(([name]) => name)
      if (names.length > 0)
        yield {
          path: `webhooks[${index}].namespaceSelector`,
          actual: own.namespaceSelector,
          expected: `a selector that leaves out ${names.join(' and ')}`,
          discriminator: own.name ?? '',
        }
    }
  },

  unseen(resource, { lookup }) {
    for (const { own, covered } of reaches(resource, lookup))
      for (const [name, covers] of covered)
        if (covers === undefined)
          return `whether ${own.name ?? 'a webhook'} covers ${name} is decided by conditions, or by labels of a namespace that was not read`
    return undefined
  },

  examples: {
    fail: {
      'all namespaces': {
        given: validatingWebhooks(webhook({ failurePolicy: 'Fail' })),
        at: ['webhooks[0].namespaceSelector'],
      },
      'nothing said of failures': { given: mutatingWebhooks(webhook()) },
      'all but kube-system, which leaves its own': {
        given: validatingWebhooks(webhook(outside('kube-system'))),
      },
      'all but its own, which leaves kube-system': { given: validatingWebhooks(webhook(outside('guard'))) },
      'the second of two': {
        given: validatingWebhooks(webhook(outside('kube-system', 'guard')), webhook({ name: 'b' })),
        at: ['webhooks[1].namespaceSelector'],
      },
      'one that says of no Service': { given: validatingWebhooks({ ...webhook(), clientConfig: undefined }) },
      'everything, not pods alone': {
        given: validatingWebhooks(
          webhook({
            rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }],
          }),
        ),
      },
      'by labels, which kube-system has': {
        given: validatingWebhooks(webhook({ namespaceSelector: { matchLabels: { guarded: 'yes' } } })),
        with: [namespace({ name: 'kube-system', labels: { guarded: 'yes' } }), namespace({ name: 'guard' })],
      },
    },
    pass: {
      'without both': { given: validatingWebhooks(webhook(outside('kube-system', 'guard'))) },
      'at an address outside the cluster, without kube-system': {
        given: validatingWebhooks(
          webhook({ clientConfig: { url: 'https://guard.example.com' }, ...outside('kube-system') }),
        ),
      },
      'one that lets requests through when it is down': {
        given: validatingWebhooks(webhook({ failurePolicy: 'Ignore' })),
      },
      'of other resources': {
        given: validatingWebhooks(
          webhook({
            rules: [
              { apiGroups: ['cert-manager.io'], apiVersions: ['*'], operations: ['*'], resources: ['*'] },
            ],
          }),
        ),
      },
      'by labels of the objects, without both': {
        given: validatingWebhooks(
          webhook({
            objectSelector: { matchLabels: { guarded: 'yes' } },
            ...outside('kube-system', 'guard'),
          }),
        ),
      },
      'no webhooks': { given: mutatingWebhooks() },
      'of deletions alone': {
        given: validatingWebhooks(webhook({ rules: [{ ...onPods[0], operations: ['DELETE'] }] })),
      },
      'of subresources alone': {
        given: validatingWebhooks(webhook({ rules: [{ ...onPods[0], resources: ['pods/exec'] }] })),
      },
      'by labels, which neither has': {
        given: validatingWebhooks(webhook({ namespaceSelector: { matchLabels: { guarded: 'yes' } } })),
        with: [namespace({ name: 'kube-system' }), namespace({ name: 'guard' })],
      },
    },
    notEvaluated: {
      'by labels of namespaces that were not read': {
        given: validatingWebhooks(webhook({ namespaceSelector: { matchLabels: { guarded: 'yes' } } })),
      },
      'the second of two, by conditions': {
        given: validatingWebhooks(
          webhook(outside('kube-system', 'guard')),
          webhook({ name: 'b', matchConditions: [{ name: 'x', expression: 'true' }] }),
        ),
      },
      'its own alone, by labels of a namespace that was not read': {
        given: validatingWebhooks(webhook({ namespaceSelector: { matchLabels: { guarded: 'yes' } } })),
        with: [namespace({ name: 'kube-system' })],
      },
      'by an expression on the labels of the objects': {
        given: validatingWebhooks(
          webhook({ objectSelector: { matchExpressions: [{ key: 'guarded', operator: 'Exists' }] } }),
        ),
      },
      'by conditions': {
        given: validatingWebhooks(webhook({ matchConditions: [{ name: 'x', expression: 'true' }] })),
      },
      'by labels of the objects': {
        given: validatingWebhooks(webhook({ objectSelector: { matchLabels: { guarded: 'yes' } } })),
      },
    },
  },
})

/** The webhooks that must answer before pods are created, and whether they are asked for kube-system and for their own namespace. */
function reaches(resource: Resource, lookup: Lookup) {
  return webhooksOf(resource).flatMap((own, index) => {
    if (failurePolicyOf(resource, own) === 'Ignore' || !coversPodCreation(own)) return []
    const names = ['kube-system', own.clientConfig?.service?.namespace].filter(name => name !== undefined)
    const { matchLabels = {}, matchExpressions = [] } = own.objectSelector ?? {}
    // Which pods have the labels that an object selector asks for cannot be told.
    const isSelective = Object.keys(matchLabels).length > 0 || matchExpressions.length > 0
    const covered = new Map(
      names.map(name => {
        const covers = coversNamespace(own, name, labelsOf(name, lookup))
        return [name, covers && isSelective ? undefined : covers] as const
      }),
    )
    return [{ own, index, covered }]
  })
}

function labelsOf(name: string, lookup: Lookup) {
  const found = lookup.get('Namespace', undefined, name)
  return found && (found.metadata.labels ?? {})
}
