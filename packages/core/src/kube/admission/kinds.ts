// Admission kinds: webhooks and policies that the API server asks before it takes an object.
//
// Names and types: Kubernetes admissionregistration.k8s.io/v1 and v1beta1.

import type { Resource } from '../../model/resource.ts'
import { anything, integer, list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import { labelSelectorShape } from '../label-selector.ts'

const operationRules = list(
  object({
    apiGroups: list(string),
    apiVersions: list(string),
    operations: list(string),
    resources: list(string),
    resourceNames: list(string),
    scope: string,
  }),
)
const webhook = object({
  name: string,
  failurePolicy: string,
  timeoutSeconds: integer,
  namespaceSelector: labelSelectorShape,
  objectSelector: labelSelectorShape,
  matchConditions: list(object({ name: string, expression: string })),
  rules: operationRules,
  clientConfig: object({
    url: string,
    service: object({ namespace: string, name: string, path: string, port: integer }),
  }),
})
const webhooks = object({ webhooks: list(webhook) })

const policy = object({
  spec: object({
    failurePolicy: string,
    matchConstraints: object({
      namespaceSelector: labelSelectorShape,
      objectSelector: labelSelectorShape,
      resourceRules: operationRules,
    }),
    validations: list(anything),
  }),
})
const binding = object({ spec: object({ policyName: string, validationActions: list(string) }) })

/** What must fit in objects of these kinds. */
export const admissionShapes: Readonly<Record<string, Shape<unknown>>> = {
  MutatingWebhookConfiguration: webhooks,
  ValidatingAdmissionPolicy: policy,
  ValidatingAdmissionPolicyBinding: binding,
  ValidatingWebhookConfiguration: webhooks,
}

type WebhookConfiguration = Resource & TypeOf<typeof webhooks>
export type Webhook = TypeOf<typeof webhook>
export type OperationRule = TypeOf<typeof operationRules>[number]
export type AdmissionPolicy = Resource & TypeOf<typeof policy>
export type AdmissionPolicyBinding = Resource & TypeOf<typeof binding>

/** The webhooks of a configuration, validating or mutating; it has passed checkShape. */
export const webhooksOf = (resource: Resource): readonly Webhook[] =>
  (resource as WebhookConfiguration).webhooks ?? []
/** The resource as a ValidatingAdmissionPolicy; it has passed checkShape. */
export const readAdmissionPolicy = (resource: Resource): AdmissionPolicy => resource
/** The resource as a ValidatingAdmissionPolicyBinding; it has passed checkShape. */
export const readAdmissionPolicyBinding = (resource: Resource): AdmissionPolicyBinding => resource

/** What becomes of requests while a webhook does not answer; left out it means Fail, in v1beta1 Ignore. */
export function failurePolicyOf(
  { apiVersion }: Resource,
  { failurePolicy }: { readonly failurePolicy?: string },
): string {
  return failurePolicy ?? (apiVersion.endsWith('/v1beta1') ? 'Ignore' : 'Fail')
}
