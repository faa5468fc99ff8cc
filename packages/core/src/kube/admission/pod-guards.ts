// Pod guards: what in a cluster refuses pods that are too privileged, where it does, and whether it refuses or only reports.
//
// Sources: kyverno.io, "Pod Security" and "Validate Rules" (Audit where nothing is said), "ValidatingPolicy"; open-policy-agent.github.io/gatekeeper,
// "Constraints" (deny where nothing is said) and the constraint kinds of gatekeeper-library; docs.kubewarden.io, "Policy modes" (protect
// where nothing is said) and its pod security policies; kubernetes.io, "Validating Admission Policy".

import type { Resource } from '../../model/resource.ts'
import { anything, isRecord, list, map, object, type Shape, string } from '../../model/shape.ts'
import { groupOf } from '../pod-template.ts'
import { failurePolicyOf, readAdmissionPolicyBinding, webhooksOf } from './kinds.ts'
import { celPolicyGuard, celPolicyKinds, celPolicyShapes } from './kyverno-policies.ts'
import { coversNamespace, coversPodCreation } from './webhook-reach.ts'

/** The constraints of Gatekeeper’s library that are about the privileges of pods. */
const constraintKinds = [
  'K8sPSPAllowPrivilegeEscalationContainer',
  'K8sPSPCapabilities',
  'K8sPSPHostFilesystem',
  'K8sPSPHostNamespace',
  'K8sPSPPrivilegedContainer',
]

/** The kinds that tell of guards; a rule that asks for them lists these in its `reads`. */
export const guardKinds: readonly string[] = [
  'AdmissionPolicy.policies.kubewarden.io',
  'ClusterAdmissionPolicy.policies.kubewarden.io',
  'ClusterPolicy.kyverno.io',
  'ConstraintTemplate.templates.gatekeeper.sh',
  'Policy.kyverno.io',
  'PodSecurityPolicy',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  ...celPolicyKinds,
  ...constraintKinds.map(kind => `${kind}.constraints.gatekeeper.sh`),
]

const constraintShape = object({
  spec: object({
    enforcementAction: string,
    match: object({
      namespaces: list(string),
      excludedNamespaces: list(string),
      namespaceSelector: object({}),
      labelSelector: object({}),
      scope: string,
      name: string,
    }),
  }),
})
const kyvernoShape = object({
  spec: object({
    validationFailureAction: string,
    rules: list(
      object({
        match: object({}),
        exclude: object({}),
        preconditions: anything,
        verifyImages: list(object({ failureAction: string })),
        validate: object({
          failureAction: string,
          podSecurity: object({}),
          pattern: map(anything),
          anyPattern: list(map(anything)),
        }),
      }),
    ),
  }),
})
const kubewardenShape = object({
  spec: object({ mode: string, module: string, namespaceSelector: object({}) }),
})

/** What must fit in objects of these kinds. */
export const guardShapes: Readonly<Record<string, Shape<unknown>>> = {
  'AdmissionPolicy.policies.kubewarden.io': kubewardenShape,
  'ClusterAdmissionPolicy.policies.kubewarden.io': kubewardenShape,
  'ClusterPolicy.kyverno.io': kyvernoShape,
  'Policy.kyverno.io': kyvernoShape,
  ...celPolicyShapes,
  ...Object.fromEntries(
    constraintKinds.map(kind => [`${kind}.constraints.gatekeeper.sh`, constraintShape] as const),
  ),
}

export interface PodGuard {
  /** Such as `Kyverno ClusterPolicy baseline`. */
  readonly name: string
  /** Whether it refuses pods in that namespace; `unknown` where what decides is not worked out. */
  guards(namespace: Resource): boolean | 'unknown'
}

/** The guards among resources of those kinds; what only reports is none. */
export function podGuards(resources: readonly Resource[]): readonly PodGuard[] {
  const denied = new Set(
    resources
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')
      .map(binding => readAdmissionPolicyBinding(binding).spec ?? {})
      .filter(({ validationActions = [] }) => validationActions.includes('Deny'))
      .map(({ policyName = '' }) => policyName),
  )
  return resources.flatMap(resource => {
    const guards = guardOf(resource, denied)
    return guards ? [{ name: `${resource.kind} ${resource.metadata.name ?? ''}`, guards }] : []
  })
}

function guardOf(resource: Resource, denied: ReadonlySet<string>): PodGuard['guards'] | undefined {
  const spec = isRecord(resource.spec) ? resource.spec : {}
  switch (groupOf(resource.apiVersion)) {
    case 'kyverno.io':
      return kyverno(resource, spec)
    case 'policies.kyverno.io':
      // Those that verify images ask nothing of privileges.
      return resource.kind.includes('Image') ? undefined : celPolicyGuard(resource)
    case 'constraints.gatekeeper.sh':
      return constraint(spec)
    case 'templates.gatekeeper.sh':
      return ownTemplate(resource)
    case 'policies.kubewarden.io':
      return kubewarden(resource, spec)
    case 'policy':
      return resource.kind === 'PodSecurityPolicy' ? () => 'unknown' : undefined
    case 'admissionregistration.k8s.io':
      if (resource.kind === 'ValidatingAdmissionPolicy')
        return denied.has(resource.metadata.name ?? '') && speaksOfPods(spec) ? () => 'unknown' : undefined
      return resource.kind === 'ValidatingWebhookConfiguration' ? foreignWebhook(resource) : undefined
    default:
      return undefined
  }
}

/** Names of fields in a pattern of Kyverno, some in brackets with an operator: `=(hostPID)`. */
const privileges =
  /"(?:=\(|X\()?(?:privileged|allowPrivilegeEscalation|hostPID|hostIPC|hostNetwork|hostPath|capabilities)\)?"\s*:/

/** True where a rule of Kyverno is about the privileges of pods. */
function isAboutPrivileges({
  podSecurity,
  pattern,
  anyPattern,
  foreach,
  deny,
}: Record<string, unknown>): boolean {
  return isRecord(podSecurity) || privileges.test(JSON.stringify([pattern, anyPattern, foreach, deny]))
}

/** A rule of Kyverno refuses where it, or its policy, is set to enforce; left out means audit. */
function kyverno(resource: Resource, spec: Record<string, unknown>): PodGuard['guards'] | undefined {
  const rules = (Array.isArray(spec.rules) ? spec.rules : []).filter(isRecord).filter(rule => {
    const { validate } = rule
    if (!isRecord(validate) || !isAboutPrivileges(validate)) return false
    return isEnforce(validate.failureAction ?? spec.validationFailureAction)
  })
  if (rules.length === 0) return undefined
  return ({ metadata: { name } }) => {
    if (resource.kind === 'Policy' && resource.metadata.namespace !== name) return false
    return rules.some(rule => matchesEverywhere(rule)) ? true : 'unknown'
  }
}

const isEnforce = (action: unknown) => typeof action === 'string' && action.toLowerCase() === 'enforce'

/** True where a rule is for all pods: neither its match names more than kinds, nor does it exclude anything or have conditions. */
function matchesEverywhere({ match, exclude, preconditions }: Record<string, unknown>): boolean {
  if (exclude !== undefined || preconditions !== undefined || !isRecord(match)) return false
  const parts = [match, ...listOf(match.any), ...(listOf(match.all).length === 1 ? listOf(match.all) : [])]
  return parts.some(({ resources }) => {
    if (!isRecord(resources) || Object.keys(resources).some(key => key !== 'kinds' && key !== 'operations'))
      return false
    return (
      Array.isArray(resources.kinds) &&
      resources.kinds.some(kind => kind === 'Pod' || kind === 'v1/Pod' || kind === '*')
    )
  })
}

const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : [])

function constraint(spec: Record<string, unknown>): PodGuard['guards'] | undefined {
  if ((spec.enforcementAction ?? 'deny') !== 'deny') return undefined
  const match = isRecord(spec.match) ? spec.match : {}
  const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  return ({ metadata: { name = '' } }) => {
    if (names(match.excludedNamespaces).some(pattern => fits(pattern, name))) return false
    const wanted = names(match.namespaces)
    if (wanted.length > 0 && !wanted.some(pattern => fits(pattern, name))) return false
    return match.namespaceSelector || match.labelSelector || match.scope === 'Cluster' || match.name
      ? 'unknown'
      : true
  }
}

/** As Gatekeeper reads names: a `*` at the begin or the end stands for any characters. */
function fits(pattern: string, name: string): boolean {
  const bare = pattern.replace(/^\*|\*$/g, '')
  if (pattern.startsWith('*') && pattern.endsWith('*')) return name.includes(bare)
  if (pattern.startsWith('*')) return name.endsWith(bare)
  return pattern.endsWith('*') ? name.startsWith(bare) : name === pattern
}

/** The constraints of a template of one’s own are of a kind that is not read. */
function ownTemplate(resource: Resource): PodGuard['guards'] | undefined {
  const known = new Set(constraintKinds.map(kind => kind.toLowerCase()))
  return known.has(resource.metadata.name ?? '') ? undefined : () => 'unknown'
}

const kubewardenModules =
  /(?:pod-privileged|host-namespaces-psp|hostpaths-psp|capabilities-psp|allow-privilege-escalation-psp|pod-security)/

function kubewarden(resource: Resource, spec: Record<string, unknown>): PodGuard['guards'] | undefined {
  if ((spec.mode ?? 'protect') !== 'protect' || !kubewardenModules.test(String(spec.module))) return undefined
  return ({ metadata: { name } }) => {
    if (resource.kind === 'AdmissionPolicy') return resource.metadata.namespace === name
    return spec.namespaceSelector || spec.objectSelector || spec.matchConditions ? 'unknown' : true
  }
}

const speaksOfPods = ({ matchConstraints }: Record<string, unknown>) =>
  isRecord(matchConstraints) &&
  /"(?:pods|\*|\*\/\*)"/.test(JSON.stringify(matchConstraints.resourceRules ?? []))

/** Their webhooks do what their policies say, which are read. */
const readEngines = /kyverno|gatekeeper|kubewarden|policy-server/

function foreignWebhook(resource: Resource): PodGuard['guards'] | undefined {
  const own = webhooksOf(resource).filter(
    webhook =>
      failurePolicyOf(resource, webhook) === 'Fail' &&
      coversPodCreation(webhook) &&
      !readEngines.test(`${webhook.clientConfig?.service?.name} ${webhook.name}`),
  )
  if (own.length === 0) return undefined
  return ({ metadata: { name = '', labels } }) =>
    own.some(webhook => coversNamespace(webhook, name, labels ?? {}) !== false) ? 'unknown' : false
}
