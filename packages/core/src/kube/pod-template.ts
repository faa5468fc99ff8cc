// PodTemplate reader: finds the pod template of every kind that makes pods and checks what rules will read of it.

import { type ContainerSpec, type PodSpec, podSpecShape, templateMetadataShape } from '../model/pod-spec.ts'
import type { Container, ContainerRole, PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import { type FieldSet, fieldSet, isRecord, type Shape, type ShapeProblem } from '../model/shape.ts'

interface Place {
  readonly groups: readonly string[]
  /** The fields that lead from the resource to the pod template; none where the resource is the pod. */
  readonly template: readonly string[]
}

const apps = ['apps', 'extensions']
const template = ['spec', 'template']

/** The kinds that are pods or make pods, with the API groups that serve them. */
const places: Readonly<Record<string, Place>> = {
  Pod: { groups: [''], template: [] },
  PodTemplate: { groups: [''], template: ['template'] },
  ReplicationController: { groups: [''], template },
  Deployment: { groups: apps, template },
  ReplicaSet: { groups: apps, template },
  DaemonSet: { groups: apps, template },
  StatefulSet: { groups: ['apps'], template },
  Job: { groups: ['batch'], template },
  CronJob: { groups: ['batch'], template: ['spec', 'jobTemplate', 'spec', 'template'] },
}

/** The kinds that are pods or make pods. */
export const podKinds: readonly string[] = Object.keys(places)

/** The API group of an apiVersion: `apps` for `apps/v1`, the empty string for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** True when the resource is a pod or a built-in kind that makes pods; a foreign kind of the same name is not. */
export function makesPods(resource: Resource): boolean {
  const place = Object.hasOwn(places, resource.kind) ? places[resource.kind] : undefined
  return place?.groups.includes(groupOf(resource.apiVersion)) ?? false
}

/** The fields that lead from a built-in kind to its pod template, none where it is the pod; undefined for a kind that makes no pods. */
export const templatePath = (kind: string): readonly string[] | undefined =>
  Object.hasOwn(places, kind) ? places[kind]?.template : undefined

/** The path of the metadata of the pods that a resource makes, beside its own; undefined for pods and for what makes none. */
export function templateMetadataPath(resource: Resource): string | undefined {
  if (!makesPods(resource)) return undefined
  const template = places[resource.kind]?.template ?? []
  return template.length === 0 ? undefined : `${template.join('.')}.metadata`
}

export type PodTemplateReading =
  | { readonly ok: true; readonly template: PodTemplate }
  | { readonly ok: false; readonly problem: ShapeProblem }

/**
 * The pod template of a resource for which makesPods is true, or the first field that the API server could not decode.
 * Nulls at known fields are removed from the resource, as the API server does.
 */
export function readPodTemplate(resource: Resource): PodTemplateReading {
  const place = places[resource.kind]
  if (!place) throw new Error(`${resource.kind} makes no pods`)
  let holder: Record<string, unknown> = resource
  const walked: string[] = []
  for (const field of place.template) {
    walked.push(field)
    const next = holder[field]
    if (!isRecord(next)) return { ok: false, problem: { path: walked, expected: 'an object', actual: next } }
    holder = next
  }
  const prefix = place.template.length === 0 ? '' : `${place.template.join('.')}.`
  if (!isRecord(holder.spec))
    return { ok: false, problem: { path: [...walked, 'spec'], expected: 'an object', actual: holder.spec } }
  const fields = fieldSet()
  const problem =
    checkAt(podSpecShape, holder.spec, walked, 'spec', fields) ??
    (holder.metadata === undefined || holder.metadata === null
      ? undefined
      : checkAt(templateMetadataShape, holder.metadata, walked, 'metadata', fields))
  if (problem) return { ok: false, problem }

  const spec = holder.spec as PodSpec
  const path = `${prefix}spec`
  return {
    ok: true,
    template: {
      resource,
      path,
      metadataPath: `${prefix}metadata`,
      metadata: holder.metadata ?? {},
      spec,
      namespace: resource.metadata.namespace || 'default',
      containers: containersOf(spec, path),
      os: spec.os?.name,
      fields,
    },
  }
}

function checkAt(
  shape: Shape<unknown>,
  value: unknown,
  at: readonly string[],
  name: string,
  met: FieldSet,
): ShapeProblem | undefined {
  const problem = shape(value, met)
  return problem && { ...problem, path: [...at, name, ...problem.path] }
}

function containersOf(spec: PodSpec, path: string): Container[] {
  const containers: Container[] = []
  const take = (
    list: readonly ContainerSpec[] | undefined,
    field: string,
    role: (c: ContainerSpec) => ContainerRole,
  ) => {
    if (!list) return
    for (let i = 0; i < list.length; i++) {
      const own = list[i] as ContainerSpec
      const container = { ...own, role: role(own), path: `${path}.${field}[${i}]` }
      // Set last and seldom: to write a field that is there twice makes each copy many times as dear.
      containers.push(own.name === undefined ? { ...container, name: '' } : (container as Container))
    }
  }
  take(spec.containers, 'containers', () => 'container')
  take(spec.initContainers, 'initContainers', own => (own.restartPolicy === 'Always' ? 'sidecar' : 'init'))
  take(spec.ephemeralContainers, 'ephemeralContainers', () => 'ephemeral')
  return containers
}
