// Capability names: which Linux capabilities a container adds and drops, as container runtimes take them.
//
// Source: containerd internal/cri/opts WithCapabilities and CRI-O's counterpart: names in any case, ALL first, then names one by one,
// additions before drops. CRI-O also takes names with CAP_ before them, containerd refuses these.

import type { Container } from '../../../model/pod-template.ts'

/** One capability of a container's list: its plain name such as `SYS_ADMIN` or `ALL`, as written, and its place. */
export interface ListedCapability {
  readonly name: string
  readonly written: string
  readonly path: string
}

/** What a container adds. A name with CAP_ before it counts: some runtimes take it. */
export function addedCapabilities(container: Container): ListedCapability[] {
  const added = container.securityContext?.capabilities?.add ?? []
  return added.map((written, i) => ({
    name: plainCapability(written),
    written,
    path: `${container.path}.securityContext.capabilities.add[${i}]`,
  }))
}

/** The names that a container drops, in upper case. A name with CAP_ before it does not count: not every runtime takes it. */
export function droppedCapabilities(container: Container): Set<string> {
  return new Set((container.securityContext?.capabilities?.drop ?? []).map(name => name.toUpperCase()))
}

/** The name in upper case and without CAP_. */
export function plainCapability(written: string): string {
  return written.toUpperCase().replace(/^CAP_/, '')
}
