// Contents: what clusters under chaos hold, and how it changes: objects of which rules find something, now and then.

import { acceptableKey } from '@plimsoll/core'
import type { Random } from '../../bench/random.ts'
import type { Content } from '../../packages/server/src/services/ingest/testing/wire.ts'

export type Holding = ReadonlyMap<string, Content>

/** Numbers of the objects that a cluster may have. */
const numbers = 48

const keyOfBallast = 'ConfigMap/n0/ballast-'

/** A change of what a cluster holds: a key → its content, null: gone. Ballast never stays. */
export function change(holding: Holding, random: Random): Map<string, Content | null> {
  const changes = new Map<string, Content | null>()
  for (const key of holding.keys()) if (key.startsWith(keyOfBallast)) changes.set(key, null)
  for (let left = 1 + random.below(8); left > 0; left--) {
    const object = objectOf(random.below(numbers), random)
    const key = keyOf(object)
    changes.set(key, holding.has(key) && random.chance(0.3) ? null : object)
  }
  return changes
}

/** So many objects of some size each, in which nothing is found and which do not become smaller by packing. */
export function ballast(count: number, bytes: number, random: Random): Map<string, Content> {
  const objects = Array.from({ length: count }, (_, i) => configMap(`ballast-${i}`, noise(bytes, random)))
  return new Map(objects.map(object => [keyOf(object), object]))
}

export function apply(holding: Holding, changes: ReadonlyMap<string, Content | null>): Map<string, Content> {
  const next = new Map(holding)
  for (const [key, content] of changes)
    if (content === null) next.delete(key)
    else next.set(key, content)
  return next
}

function keyOf(object: Content): string {
  const accepted = acceptableKey(object)
  if ('problem' in accepted) throw new Error(accepted.problem)
  return accepted.key
}

function objectOf(number: number, random: Random): Content {
  const namespace = `n${number % 3}`
  const labels = { app: `a${number % 5}`, turn: String(random.below(4)) }
  const metadata = { name: `o${number}`, namespace, labels }
  switch (number % 4) {
    case 0:
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata,
        spec: {
          hostNetwork: random.chance(0.3),
          containers: [
            {
              name: 'main',
              image: random.pick(['app:1.2', 'app:latest', 'app']),
              securityContext: { privileged: random.chance(0.3), runAsNonRoot: random.chance(0.5) },
            },
          ],
        },
      }
    case 1:
      return configMap(metadata.name, String(random.below(5)), namespace)
    case 2:
      return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: metadata.name, labels },
        rules: [
          {
            apiGroups: [''],
            resources: [random.pick(['secrets', 'pods', '*'])],
            verbs: [random.pick(['get', '*'])],
          },
        ],
      }
    default:
      return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: metadata.name, labels },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `o${number - 1}` },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
      }
  }
}

const configMap = (name: string, text: string, namespace = 'n0'): Content => ({
  apiVersion: 'v1',
  data: { text },
  kind: 'ConfigMap',
  metadata: { name, namespace },
})

let letters: string | undefined

/** Letters without a pattern, of which no word is long enough to be taken for a credential: made once, and turned each time. */
function noise(bytes: number, random: Random): string {
  letters ??= Array.from({ length: 150_000 }, () =>
    random
      .below(2 ** 31)
      .toString(36)
      .padStart(6, '0')
      .slice(0, 6),
  ).join(' ')
  const at = random.below(letters.length)
  const turned = letters.slice(at) + letters.slice(0, at)
  return turned.repeat(Math.ceil(bytes / turned.length)).slice(0, bytes)
}
