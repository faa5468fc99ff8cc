// RuntimeClass: how the containers of a pod are run, and whether that is a sandbox with a kernel of its own.
//
// Names and types: Kubernetes node.k8s.io/v1 and v1beta1. Handlers: gvisor.dev (runsc; GKE Sandbox: gvisor), katacontainers.io (kata,
// kata-qemu, kata-clh, kata-fc …), AKS Pod Sandboxing (kata-mshv-vm-isolation), OpenShift sandboxed containers (kata, kata-remote).

import type { Resource } from '../../model/resource.ts'
import { object, string, type TypeOf } from '../../model/shape.ts'

export const runtimeClassShape = object({ handler: string })

export type RuntimeClass = Resource & TypeOf<typeof runtimeClassShape>

/** The resource as a RuntimeClass; it has passed checkShape. */
export const readRuntimeClass = (resource: Resource): RuntimeClass => resource

/** True where containers of the class do not share the node's kernel. */
export function isSandbox({ handler = '' }: RuntimeClass): boolean {
  return /^(?:gvisor|runsc|kata)(?:-.*)?$/.test(handler)
}
