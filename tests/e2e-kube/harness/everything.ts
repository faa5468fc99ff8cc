/** Names all that is there in a namespace and of the cluster, so that a test can tell what something left behind. */
import type { ControlPlane } from './control-plane.ts'

/** What a cluster writes by itself, and when it pleases. */
const ofTheCluster = /^(?:events|endpoints|endpointslices|ipaddresses|componentstatuses)\./

/** All objects of the namespace and of the cluster, as `<resource>.<group>/<name>`. */
export async function everythingIn(plane: ControlPlane, namespace: string): Promise<readonly string[]> {
  const { groups } = (await plane.call('GET', '/apis')) as {
    groups: { name: string; preferredVersion: { groupVersion: string } }[]
  }
  const paths = [
    ['', '/api/v1'],
    ...groups.map(({ name, preferredVersion }) => [name, `/apis/${preferredVersion.groupVersion}`]),
  ] as const
  const found: string[] = []
  for (const [group, path = ''] of paths) {
    const { resources } = (await plane.call('GET', path)) as {
      resources: { name: string; namespaced: boolean; verbs: string[] }[]
    }
    for (const { name, namespaced, verbs } of resources) {
      if (!verbs.includes('list') || ofTheCluster.test(`${name}.`)) continue
      const { items } = (await plane.call(
        'GET',
        `${path}${namespaced ? `/namespaces/${namespace}` : ''}/${name}`,
      )) as { items: { metadata: { name: string } }[] }
      found.push(...items.map(({ metadata }) => `${name}.${group}/${metadata.name}`))
    }
  }
  return found.sort()
}
