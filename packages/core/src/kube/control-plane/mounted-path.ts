// Mounted path: where a file that a container names really lies.

import type { Container, PodTemplate } from '../../model/pod-template.ts'
import { isWithin, normalizeHostPath } from '../host-path.ts'

type Mount = NonNullable<Container['volumeMounts']>[number]
type Volume = NonNullable<PodTemplate['spec']['volumes']>[number]

/** The mount of a container through which a path of it leads, and the rest of the path; undefined where none does. */
export function findMount(
  container: Container,
  path: string,
): { readonly mount: Mount; readonly below: string } | undefined {
  const sought = normalizeHostPath(path)
  let found: { mount: Mount; at: string } | undefined
  for (const mount of container.volumeMounts ?? []) {
    const at = normalizeHostPath(mount.mountPath ?? '/')
    // Of mounts inside each other the innermost is seen.
    if (isWithin(sought, at) && (!found || at.length >= found.at.length)) found = { mount, at }
  }
  if (!found) return undefined
  const rest = sought.slice(found.at === '/' ? 0 : found.at.length)
  const below = `${found.mount.subPath ? `/${found.mount.subPath}` : ''}${rest}`
  return { mount: found.mount, below }
}

/** The volume that a mount shows. */
export function volumeOf(pod: PodTemplate, mount: Mount): Volume | undefined {
  return pod.spec.volumes?.find(({ name }) => name === mount.name)
}

/** The path on the node of a file that a container names, where it is mounted from there; else the path as the container sees it. */
export function mountedHostPath(pod: PodTemplate, container: Container, path: string): string {
  const found = findMount(container, path)
  const directory = found && volumeOf(pod, found.mount)?.hostPath?.path
  return normalizeHostPath(directory === undefined ? path : `${directory}${found?.below ?? ''}`)
}
