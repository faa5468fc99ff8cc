/** Wraps pods into the kinds that make pods, and asks the server what it warns of when it is offered them. */
import type { ControlPlane } from './control-plane.ts'

export const CONTROLLER_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'PodTemplate',
] as const
export type ControllerKind = (typeof CONTROLLER_KINDS)[number]

export interface Controller {
  apiVersion: string
  kind: ControllerKind
  metadata: { name: string }
  [field: string]: unknown
}

interface PodLike {
  metadata: { name: string; annotations?: Record<string, string | null> }
  spec: Record<string, unknown>
}

const API_VERSIONS: Readonly<Record<ControllerKind, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  PodTemplate: 'v1',
}

/** An object of that kind whose pods are like `pod`. */
export function controllerOf(kind: ControllerKind, pod: PodLike): Controller {
  const head = { apiVersion: API_VERSIONS[kind], kind, metadata: { name: pod.metadata.name } }
  const labels = { app: 'generated' }
  const template = { metadata: { ...pod.metadata, labels }, spec: { ...pod.spec } }
  const job = { template: { ...template, spec: { ...pod.spec, restartPolicy: 'Never' } } }
  if (kind === 'PodTemplate') return { ...head, template }
  if (kind === 'Job') return { ...head, spec: job }
  if (kind === 'CronJob') return { ...head, spec: { schedule: '0 * * * *', jobTemplate: { spec: job } } }
  if (kind === 'ReplicationController') return { ...head, spec: { selector: labels, template } }
  // Only a StatefulSet knows `serviceName`; the others ignore it.
  return { ...head, spec: { selector: { matchLabels: labels }, serviceName: 'generated', template } }
}

export type ControllerAnswer =
  /** `warning` is what Pod Security says of its template; `cut` if the server left off a part of it for its length. */
  | { outcome: 'taken'; warning: { policy: string; denial: string; cut: boolean } | undefined }
  | { outcome: 'refused'; status: number; message: string }

/** Offers the object to the namespace in a dry run. */
export async function offerController(
  plane: ControlPlane,
  namespace: string,
  controller: Controller,
): Promise<ControllerAnswer> {
  const group = controller.apiVersion === 'v1' ? '/api/v1' : `/apis/${controller.apiVersion}`
  const path = `${group}/namespaces/${namespace}/${controller.kind.toLowerCase()}s`
  // Warnings about unknown fields would only use up the room that the server has for warnings.
  const answer = await plane.request('POST', `${path}?dryRun=All&fieldValidation=Ignore`, {
    body: controller,
  })
  if (answer.status !== 201) return { outcome: 'refused', status: answer.status, message: answer.text }
  for (const text of warnings(answer.headers.warning)) {
    const [, policy, denial] = /^would violate PodSecurity "([^"]+)": (.*)$/s.exec(text) ?? []
    if (policy !== undefined && denial !== undefined)
      return { outcome: 'taken', warning: { policy, denial, cut: lengthInCodePoints(text) === CUT_AT } }
  }
  return { outcome: 'taken', warning: undefined }
}

/** Length in characters of each warning when all of them together are too long. */
const CUT_AT = 256

/** Length as Go counts runes. */
function lengthInCodePoints(text: string): number {
  return Array.from(text).length
}

/** Texts of a Warning header (RFC 7234, 5.5). Its bytes are UTF-8, which node gives as Latin-1. */
function warnings(header: string | undefined): string[] {
  const text = Buffer.from(header ?? '', 'latin1').toString('utf8')
  return [...text.matchAll(/299 - "((?:[^"\\]|\\.)*)"/gs)].map(found =>
    (found[1] ?? '').replace(/\\(.)/gs, '$1'),
  )
}
