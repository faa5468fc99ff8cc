// Image scan gates: what in a cluster asks, before a pod may run, for a scan of its images.
//
// Sources: kyverno.io, "Verify Images Rules" (attestations by predicate type) and "ImageValidatingPolicy" (attestations); docs.sigstore.dev,
// "Policy Controller" (attestations, predicateType vuln); kubewarden/image-cve-policy; open-policy-agent.github.io/gatekeeper, "External
// Data"; kubernetes.io, "ImagePolicyWebhook" (a backend decides).

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { groupOf } from '../pod-template.ts'
import { type ImageVerifier, imageVerifiers, verifierKinds } from './image-verifiers.ts'
import { failurePolicyOf, webhooksOf } from './kinds.ts'
import { celPolicyKinds } from './kyverno-policies.ts'
import { coversPodCreation } from './webhook-reach.ts'

/** The kinds that tell of gates; a rule that asks for them lists these in its `reads`. */
export const scanGateKinds: readonly string[] = [...verifierKinds, ...celPolicyKinds]

/** What names of attestations, modules and calls have in common where they are about scans. */
const aboutScans = /vuln|\bcve|sarif|trivy|grype|\bscans?\b/i

/** The gates among resources of those kinds. */
export function imageScanGates(resources: readonly Resource[]): readonly ImageVerifier[] {
  return resources.flatMap(resource => {
    const enforces = verdictOn(resource, resources)
    return enforces === undefined
      ? []
      : [{ name: `${resource.kind} ${resource.metadata.name ?? ''}`, enforces }]
  })
}

/** Undefined for what is no gate. */
function verdictOn(resource: Resource, all: readonly Resource[]): boolean | 'unknown' | undefined {
  const spec = isRecord(resource.spec) ? resource.spec : {}
  switch (groupOf(resource.apiVersion)) {
    case 'kyverno.io':
    case 'policies.kyverno.io':
    case 'policy.sigstore.dev':
      if (aboutScans.test(JSON.stringify(spec))) return verifying(resource, all)
      return isUnreadable(spec) || asksElsewhere(spec) ? 'unknown' : undefined
    case 'policies.kubewarden.io':
      return aboutScans.test(String(spec.module)) ? (spec.mode ?? 'protect') === 'protect' : undefined
    case 'templates.gatekeeper.sh':
      // Its constraints are of kinds of their own, which are not read.
      return /external_data\s*\(/.test(JSON.stringify(spec)) || aboutScans.test(resource.metadata.name ?? '')
        ? 'unknown'
        : undefined
    case 'admissionregistration.k8s.io':
      return resource.kind === 'ValidatingWebhookConfiguration' ? foreignWebhook(resource) : undefined
    default:
      // The plugin ImagePolicyWebhook: what its backend asks for is not known.
      return resource.kind === 'Pod' && imageVerifiers([resource]).length > 0 ? 'unknown' : undefined
  }
}

/** What Kyverno's policies look up while they judge may be a scanner's report. */
const asksElsewhere = (spec: object) => JSON.stringify(spec).includes('"context":')

/** The lists in which policies say what they ask for. */
const asking: readonly string[] = ['rules', 'verifyImages', 'attestations', 'authorities']
/** What an attestation is named by. */
const naming: readonly string[] = ['type', 'predicateType']
const describing: readonly string[] = ['intoto', 'referrer']

/**
 * True where one of these lists, however deep, is none or holds what is no map, or an attestation is named or described by what is none: what is asked
 * for cannot be told then.
 */
function isUnreadable(value: unknown, isAttestation = false): boolean {
  if (Array.isArray(value)) return value.some(item => isUnreadable(item, isAttestation))
  if (!isRecord(value)) return false
  return Object.entries(value).some(([name, own]) => {
    if (own === null) return false
    if (asking.includes(name) && !isListOfMaps(own)) return true
    if (isAttestation && naming.includes(name) && typeof own !== 'string') return true
    if (isAttestation && describing.includes(name) && !isRecord(own)) return true
    return isUnreadable(own, isAttestation || name === 'attestations')
  })
}

const isListOfMaps = (value: unknown) =>
  Array.isArray(value) && value.every(item => item === null || isRecord(item))

/** As a policy that verifies images does; one that speaks of scans in another way may ask for them. */
function verifying(resource: Resource, all: readonly Resource[]): boolean | 'unknown' {
  const namespaces = all.filter(({ kind }) => kind === 'Namespace')
  const [own] = imageVerifiers([resource, ...namespaces])
  return own?.enforces ?? 'unknown'
}

/** Those of engines whose policies are read do what these say; of those of signers it is known that they look at signatures. */
const readEngines = /kyverno|gatekeeper|kubewarden|policy-server|connaisseur|policy\.sigstore/

function foreignWebhook(resource: Resource): 'unknown' | undefined {
  const mayAsk = webhooksOf(resource).some(
    webhook =>
      failurePolicyOf(resource, webhook) === 'Fail' &&
      coversPodCreation(webhook) &&
      !readEngines.test(`${webhook.clientConfig?.service?.name} ${webhook.name}`),
  )
  return mayAsk ? 'unknown' : undefined
}
