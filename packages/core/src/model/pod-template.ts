// PodTemplate: a pod, or the template of a kind that makes pods, seen the same way whatever the kind.

import type { ContainerSpec, PodSpec, TemplateMetadata } from './pod-spec.ts'
import type { Resource } from './resource.ts'
import type { FieldSet } from './shape.ts'

/** `sidecar` is an init container with restartPolicy Always (Kubernetes ≥ 1.28). */
export type ContainerRole = 'container' | 'init' | 'sidecar' | 'ephemeral'

/** A container's own fields plus where it stands. */
export type Container = ContainerSpec & {
  /** Never missing; empty when the manifest gives none. */
  readonly name: string
  readonly role: ContainerRole
  /** Path inside the resource, such as `spec.template.spec.initContainers[0]`. */
  readonly path: string
}

export interface PodTemplate {
  /** The object that it stands in. */
  readonly resource: Resource
  /** Path of the pod spec inside the resource: `spec`, `spec.template.spec`, `spec.jobTemplate.spec.template.spec` … */
  readonly path: string
  /** Path of the pod's metadata: `metadata`, `spec.template.metadata` … */
  readonly metadataPath: string
  readonly metadata: TemplateMetadata
  readonly spec: PodSpec
  /** The namespace that the pods run in; `default` when the resource names none. */
  readonly namespace: string
  /** Ordinary, init, sidecar and ephemeral containers, in the order of `containers`, `initContainers`, `ephemeralContainers`. */
  readonly containers: readonly Container[]
  /** As spec.os.name says it. */
  readonly os: string | undefined
  /** The names of the fields that stand anywhere in its spec and metadata, of those that rules may read. */
  readonly fields: FieldSet
}
