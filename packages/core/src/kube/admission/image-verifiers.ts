// Image verifiers: what in a cluster refuses images that nobody signed, and whether it refuses or only reports.
//
// Sources: kyverno.io, "Verify Images Rules" and "ImageValidatingPolicy"; docs.sigstore.dev, "Policy Controller" (namespaces opt in by a
// label); sse-secure-systems.github.io/connaisseur; docs.kubewarden.io, "Verifying image signatures"; ratify.dev; OpenShift,
// "ClusterImagePolicy"; kubernetes.io, "ImagePolicyWebhook".

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { pluginState } from '../control-plane/admission-plugins.ts'
import { findProcess } from '../control-plane/component.ts'
import { readFlags } from '../control-plane/flags.ts'
import { groupOf, readPodTemplate } from '../pod-template.ts'
import { failurePolicyOf, webhooksOf } from './kinds.ts'
import { isDenying } from './kyverno-policies.ts'

export interface ImageVerifier {
  /** Such as `Kyverno ClusterPolicy signed`. */
  readonly name: string
  /** `unknown`: it may, but what decides was not read. */
  readonly enforces: boolean | 'unknown'
}

/** The kinds that tell of verifiers; a rule that asks for them lists these in its `reads`. */
export const verifierKinds: readonly string[] = [
  'AdmissionPolicy.policies.kubewarden.io',
  'ClusterAdmissionPolicy.policies.kubewarden.io',
  'ClusterImagePolicy.config.openshift.io',
  'ClusterImagePolicy.policy.sigstore.dev',
  'ClusterPolicy.kyverno.io',
  'ConstraintTemplate.templates.gatekeeper.sh',
  'ImageValidatingPolicy.policies.kyverno.io',
  'MutatingWebhookConfiguration',
  'Namespace',
  'NamespacedImageValidatingPolicy.policies.kyverno.io',
  'Pod',
  'Policy.kyverno.io',
  'ValidatingWebhookConfiguration',
]

/** The verifiers among resources of those kinds. */
export function imageVerifiers(resources: readonly Resource[]): readonly ImageVerifier[] {
  const isIncluded = resources.some(
    ({ kind, metadata }) =>
      kind === 'Namespace' && metadata.labels?.['policy.sigstore.dev/include'] === 'true',
  )
  return resources.flatMap(resource => {
    const enforces = verdictOn(resource, isIncluded)
    return enforces === undefined
      ? []
      : [{ name: `${resource.kind} ${resource.metadata.name ?? ''}`, enforces }]
  })
}

/** The verifier that says most: one that refuses before one that is not known, and that before one that reports. */
export function strongestVerifier(found: readonly ImageVerifier[]): ImageVerifier | undefined {
  const of = (enforces: ImageVerifier['enforces']) => found.find(one => one.enforces === enforces)
  return of(true) ?? of('unknown') ?? of(false)
}

/** Undefined for what is no verifier. */
function verdictOn(resource: Resource, isIncluded: boolean): boolean | 'unknown' | undefined {
  const spec = isRecord(resource.spec) ? resource.spec : {}
  switch (groupOf(resource.apiVersion)) {
    case 'kyverno.io':
      return kyverno(spec)
    case 'policies.kyverno.io':
      return resource.kind.endsWith('ImageValidatingPolicy') ? isDenying(resource) : undefined
    case 'policy.sigstore.dev':
      return isRecord(resource.spec) && (spec.mode ?? 'enforce') === 'enforce' && isIncluded
    case 'config.openshift.io':
      return resource.kind === 'ClusterImagePolicy' ? true : undefined
    case 'policies.kubewarden.io':
      return typeof spec.module === 'string' && spec.module.includes('verify-image-signatures')
        ? (spec.mode ?? 'protect') === 'protect'
        : undefined
    case 'templates.gatekeeper.sh':
      // Its constraints are of kinds of their own, which are not read.
      return /ratify/i.test(resource.metadata.name ?? '') ? 'unknown' : undefined
    case 'admissionregistration.k8s.io':
      return connaisseur(resource)
    case '':
      return resource.kind === 'Pod' ? imagePolicyWebhook(resource) : undefined
    default:
      return undefined
  }
}

/** A policy of Kyverno refuses where it, or the rule that verifies, is set to enforce; left out means audit. */
function kyverno(spec: Record<string, unknown>): boolean | undefined {
  const rules = Array.isArray(spec.rules) ? spec.rules.filter(isRecord) : []
  const verifying = rules.flatMap(({ verifyImages }) =>
    Array.isArray(verifyImages) ? verifyImages.filter(isRecord) : [],
  )
  if (verifying.length === 0) return undefined
  const isEnforce = (action: unknown) => typeof action === 'string' && action.toLowerCase() === 'enforce'
  return verifying.some(({ failureAction }) =>
    isEnforce(failureAction === undefined ? spec.validationFailureAction : failureAction),
  )
}

function connaisseur(resource: Resource): boolean | undefined {
  if (!resource.kind.endsWith('WebhookConfiguration')) return undefined
  const own = webhooksOf(resource).filter(
    ({ clientConfig }) => clientConfig?.service?.name === 'connaisseur-svc',
  )
  return own.length === 0 ? undefined : own.some(webhook => failurePolicyOf(resource, webhook) === 'Fail')
}

function imagePolicyWebhook(resource: Resource): boolean | 'unknown' | undefined {
  if (resource.metadata.namespace !== 'kube-system') return undefined
  const reading = readPodTemplate(resource)
  const process = reading.ok ? findProcess(reading.template, 'kube-apiserver') : undefined
  if (!process) return undefined
  // What its configuration says of a webhook that does not answer stands in a file.
  return pluginState(readFlags(process), 'ImagePolicyWebhook').isOn ? true : undefined
}
