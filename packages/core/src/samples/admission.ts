// Samples of admission webhooks and policies, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** Rules of a webhook that is asked about every pod that is created. */
export const onPods = [
  { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
]

/** A webhook that is asked about pods by a Service of the namespace `guard`. */
export const webhook = (own: Fields = {}): Fields => ({
  name: 'pods.guard.example.com',
  clientConfig: { service: { namespace: 'guard', name: 'guard', path: '/validate', port: 443 } },
  rules: onPods,
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  ...own,
})

const configuration =
  (kind: string) =>
  (...webhooks: readonly Fields[]): Resource =>
    object('admissionregistration.k8s.io/v1', kind, { name: 'guard' }, { webhooks })

/** A ValidatingWebhookConfiguration with these webhooks. */
export const validatingWebhooks = configuration('ValidatingWebhookConfiguration')
/** A MutatingWebhookConfiguration with these webhooks. */
export const mutatingWebhooks = configuration('MutatingWebhookConfiguration')

export const admissionPolicy = (spec: Fields = {}, metadata: ObjectMeta = {}): Resource =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    { name: 'replicas', ...metadata },
    {
      spec: {
        matchConstraints: { resourceRules: onPods },
        validations: [{ expression: 'object.spec.replicas <= 5' }],
        ...spec,
      },
    },
  )

export const admissionPolicyBinding = (
  policyName: string,
  validationActions: readonly string[] = ['Deny'],
): Resource =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    { name: `${policyName}-binding` },
    { spec: { policyName, validationActions } },
  )
