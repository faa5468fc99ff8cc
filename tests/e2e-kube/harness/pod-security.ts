/** Asks the Pod Security admission of a real API server for its verdict, at any level and version, without writing. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlPlane } from './control-plane.ts'
import { createNamespace } from './namespaces.ts'

export type Level = 'baseline' | 'restricted'

export interface Policy {
  level: Level
  /** The minor of `v1.<minor>`. */
  minor: number
}

export type AdmissionAnswer =
  /** `stored` is the object as the server would keep it, defaults filled in. */
  | { outcome: 'allowed'; stored: Record<string, unknown> }
  /** `denial` is every reason with its detail, as the server words them; `policy` the one that it says is violated. */
  | { outcome: 'denied'; policy: string; denial: string }
  /** Not a question for Pod Security: the object is invalid or malformed. */
  | { outcome: 'refused'; status: number; message: string }

/** `restricted:v1.25`, as the server names it. */
export function policyName({ level, minor }: Policy): string {
  return `${level}:v1.${minor}`
}

/** Labels of a namespace that enforces the policy, and warns of it for controllers of pods. */
export function policyLabels({ level, minor }: Policy): Record<string, string> {
  const at = (mode: string) => ({
    [`pod-security.kubernetes.io/${mode}`]: level,
    [`pod-security.kubernetes.io/${mode}-version`]: `v1.${minor}`,
  })
  return { ...at('enforce'), ...at('warn') }
}

/** Namespace that enforces this policy after `createPolicyNamespaces`. */
export function policyNamespace({ level, minor }: Policy): string {
  return `${level}-v1-${minor}`
}

/** Namespace without any policy, to see which pods are valid and what becomes of them. */
export const PERMISSIVE = 'permissive'

/** One namespace for each policy, and the permissive one. */
export async function createPolicyNamespaces(
  plane: ControlPlane,
  policies: readonly Policy[],
): Promise<void> {
  await createNamespace(plane, PERMISSIVE)
  for (const policy of policies) await createNamespace(plane, policyNamespace(policy), policyLabels(policy))
}

/** Offers the pod, an object or a text in YAML, to the namespace in a dry run. */
export async function offerPod(
  plane: ControlPlane,
  namespace: string,
  pod: object | string,
): Promise<AdmissionAnswer> {
  const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`
  const contentType = typeof pod === 'string' ? 'application/yaml' : 'application/json'
  return answerOf(await plane.request('POST', path, { body: pod, contentType }))
}

/** Offers to add ephemeral containers to a pod that is there, in a dry run. */
export async function offerEphemeralContainers(
  plane: ControlPlane,
  namespace: string,
  podName: string,
  ephemeralContainers: readonly unknown[],
): Promise<AdmissionAnswer> {
  const path = `/api/v1/namespaces/${namespace}/pods/${podName}/ephemeralcontainers?dryRun=All`
  const answer = await plane.request('PATCH', path, {
    body: { spec: { ephemeralContainers } },
    contentType: 'application/strategic-merge-patch+json',
  })
  return answerOf(answer)
}

/**
 * Makes the namespace enforce another policy, or none, and waits until admission has heard of it. Pods that are there
 * stay, whatever the policy.
 */
export async function enforce(
  plane: ControlPlane,
  namespace: string,
  policy: Policy | undefined,
): Promise<void> {
  const labels =
    policy === undefined ? { 'pod-security.kubernetes.io/enforce': 'privileged' } : policyLabels(policy)
  await plane.call('PATCH', `/api/v1/namespaces/${namespace}`, {
    body: { metadata: { labels } },
    contentType: 'application/merge-patch+json',
  })
  const wanted = policy && policyName(policy)
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(5)) {
    const answer = await offerPod(plane, namespace, PROBE)
    if ((answer.outcome === 'denied' ? answer.policy : undefined) === wanted) return
  }
  throw new Error(`namespace ${namespace} does not enforce ${wanted ?? 'nothing'} after 10 s`)
}

/** A pod that every policy denies. */
const PROBE = {
  metadata: { name: 'probe' },
  spec: { hostPID: true, containers: [{ name: 'app', image: 'registry.test/app:1' }] },
}

function answerOf(answer: { status: number; text: string; json: () => unknown }): AdmissionAnswer {
  if (answer.status === 201 || answer.status === 200)
    return { outcome: 'allowed', stored: answer.json() as Record<string, unknown> }
  const message = messageOf(answer)
  const found = answer.status === 403 ? /violates PodSecurity "([^"]+)": (.*)$/s.exec(message) : null
  const [, policy, denial] = found ?? []
  if (policy !== undefined && denial !== undefined) return { outcome: 'denied', policy, denial }
  return { outcome: 'refused', status: answer.status, message }
}

function messageOf(answer: { text: string; json: () => unknown }): string {
  return (answer.json() as { message?: string }).message ?? answer.text
}
