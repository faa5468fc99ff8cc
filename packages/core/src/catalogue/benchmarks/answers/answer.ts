// Answer: which rules decide a requirement, and what of it they leave open; on some distributions it is another.

import type { Control, RuleBinding, Undecided } from '../../../model/benchmark.ts'
import { isFileKey } from '../requirements/files.ts'
import { partOf, type RequirementKey } from '../requirements/table.ts'
import { decided } from './decided.ts'
import { forClouds, forNodes, forPeople } from './waiting.ts'

export type Answer = Pick<Control, 'rules' | 'undecided'>

/** Distributions with editions of their own, named as in `Scope`. */
export type Distribution = 'eks' | 'gke' | 'gke-autopilot' | 'aks' | 'openshift' | 'k3s' | 'rke2'

const providers: Readonly<Partial<Record<Distribution, string>>> = {
  eks: 'AWS',
  gke: 'Google',
  'gke-autopilot': 'Google',
  aks: 'Microsoft',
}

/** The answer to a requirement; throws where nothing says who could decide it. */
export function answerTo(key: RequirementKey, distribution?: Distribution): Answer {
  const special = distribution && specialAnswer(key, distribution)
  if (special) return special
  const bindings = bindingsOf(key)
  const undecided = openPart(key)
  if (bindings.length === 0 && !undecided) throw new Error(`nothing says who could decide ${key}`)
  return { rules: bindings, ...(undecided && { undecided }) }
}

export const binding = (named: string | RuleBinding): RuleBinding =>
  typeof named === 'string' ? { rule: named } : named

const bindingsOf = (key: RequirementKey) => (decided[key] ?? []).map(binding)

function openPart(key: RequirementKey): Undecided | undefined {
  const node = forNodes[key] ?? nodePart(key)
  if (node !== undefined) return notRead('node', node)
  const cloud = forClouds[key]
  if (cloud !== undefined) return notAsked(cloud)
  const person = forPeople[key]
  return person === undefined ? undefined : attested(person)
}

/** Files and kubelets wait for the collector of nodes, all of them. */
function nodePart(key: RequirementKey): string | undefined {
  if (isFileKey(key)) return 'files of nodes'
  return partOf(key) === 'node' ? 'the configuration of kubelets' : undefined
}

export const attested = (what: string): Undecided => ({ manual: `attest ${what}` })
export const notRead = (notCollected: 'node', what: string): Undecided => ({
  notCollected,
  why: `no collector reads ${what} yet`,
})
export const notAsked = (what: string): Undecided => ({
  notCollected: 'cloud',
  why: `no collector asks the cloud for ${what} yet`,
})
const onlyOpen = (undecided: Undecided): Answer => ({ rules: [], undecided })

const controlPlaneFlag = /^(apiserver|controller-manager|scheduler|etcd|audit)\./
const controlPlaneManifest = /^file\.(apiserver|controller-manager|scheduler|etcd)-manifest\./

/** What OpenShift's benchmarks ask for in other ways than those of Kubernetes, by the same name. */
const onOpenShift: Readonly<Partial<Record<RequirementKey, readonly (string | RuleBinding)[]>>> = {
  // The API server of Kubernetes and OpenShift's own.
  'apiserver.audit-log-path': [
    'apiserver-audit-log-path',
    { rule: 'openshift-apiserver-audit-log', parameters: { backups: 0, megabytes: 0 } },
  ],
  'apiserver.audit-log-maxbackup': [
    'apiserver-audit-log-maxbackup',
    { rule: 'openshift-apiserver-audit-log', parameters: { megabytes: 0 } },
  ],
  'apiserver.audit-log-maxsize': [
    { rule: 'apiserver-audit-log-maxsize', parameters: { explicit: true } },
    { rule: 'openshift-apiserver-audit-log', parameters: { backups: 0 } },
  ],
  'supplychain.image-provenance': ['openshift-allowed-registries', 'openshift-insecure-registries'],
  'apiserver.request-timeout': ['apiserver-request-timeout', 'apiserver-min-request-timeout'],
  'apiserver.encryption-providers': ['openshift-etcd-encryption'],
  'audit.policy-coverage': ['openshift-audit-profile'],
}

function specialAnswer(key: RequirementKey, distribution: Distribution): Answer | undefined {
  const part = partOf(key)
  const provider = providers[distribution]
  if (provider !== undefined && part === 'control-plane')
    return onlyOpen({ notApplicable: 'provider-managed', why: `${provider} runs the control plane` })
  if (distribution === 'gke-autopilot' && part === 'node')
    return onlyOpen({ notApplicable: 'provider-managed', why: 'Google runs the nodes of Autopilot' })

  switch (distribution) {
    case 'eks':
      // AWS alone signs certificates there; whoever created the cluster may be a member that no object shows.
      return key === 'rbac.system-masters'
        ? {
            rules: bindingsOf(key),
            undecided: notAsked('who created the cluster'),
          }
        : undefined
    case 'aks':
      // What Azure makes for a Service passes on what it gets, TLS or not.
      return key === 'cloud.lb-tls'
        ? {
            rules: ['ingress-tls', 'gateway-tls'].map(binding),
            undecided: attested('that what is behind Services of type LoadBalancer ends TLS itself'),
          }
        : undefined
    case 'gke':
    case 'gke-autopilot':
      // Google alone signs certificates there, besides what requests in the API ask for.
      if (key === 'rbac.system-masters') return { rules: bindingsOf(key) }
      return key === 'auth.no-user-client-certs' ? onlyOpen(notAsked('the cluster’s settings')) : undefined
    case 'openshift': {
      const bindings = onOpenShift[key]
      return bindings && { rules: bindings.map(binding) }
    }
    case 'k3s':
      if (controlPlaneManifest.test(key) || key === 'file.etcd-data-dir.owner:etcd')
        return onlyOpen({ notApplicable: 'absent', why: 'k3s runs the control plane inside its own process' })
      if (controlPlaneFlag.test(key))
        return onlyOpen(notRead('node', 'how k3s starts the control plane inside its own process'))
      return withoutKubeletUnit(key, 'k3s')
    case 'rke2':
      return withoutKubeletUnit(key, 'RKE2')
    default:
      return undefined
  }
}

function withoutKubeletUnit(key: RequirementKey, name: string): Answer | undefined {
  return key.startsWith('file.kubelet-service.')
    ? onlyOpen({ notApplicable: 'absent', why: `${name} starts the kubelet itself, without a systemd unit` })
    : undefined
}
