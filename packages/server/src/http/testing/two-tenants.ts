// Two tenants: for tests: a fleet of which a caller sees a part, with and without the part that they must not learn of.

import { assetKind, type Resource } from '@plimsoll/core'
import { systemActor } from '../../services/access/audit.ts'
import { collectorOfToken, createEnrolment } from '../../services/access/enrolments.ts'
import type { RulePack } from '../../services/assess/ports.ts'
import type { Deps } from '../../services/deps.ts'
import { Ingest } from '../../services/ingest/ingest.ts'
import { linesOf, sent } from '../../services/ingest/testing/wire.ts'

/** What is hidden bears this word in every text. */
export const hiddenWord = 'bravo'

export const ownCluster = '0000000a-0000-4000-8000-00000000000a'
export const hiddenCluster = `0000000b-0000-4000-8000-0000000${hiddenWord.length}bbbb`

const workload = (namespace: string, name: string, image: string, isBad: boolean): Resource => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name, labels: { app: name } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        serviceAccountName: name,
        containers: [{ name: `${name}-c`, image, ...(isBad && { securityContext: { privileged: true } }) }],
      },
    },
  },
})
const account = (namespace: string, name: string): Resource => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { namespace, name },
})
const namespaceOf = (name: string): Resource => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

/** The namespace that every caller of these tests sees. */
export const ownNamespace = 'alpha'

/** What stands around a workload; in the hidden part too, and what has to do with the part that is seen. */
const around = (namespace: string, name: string): readonly Resource[] => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels: { app: name } },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  },
]
const grantFrom = (namespace: string, name: string): Resource => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { namespace, name: `${name}-grant` },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `${name}-role` },
  subjects: [{ kind: 'ServiceAccount', namespace: ownNamespace, name: 'alpha-web' }],
})
const routeFrom = (namespace: string, name: string): Resource => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace, name: `${name}-route` },
  spec: { rules: [{ backendRefs: [{ name: 'alpha-web', namespace: ownNamespace, port: 80 }] }] },
})

const own: readonly Resource[] = [
  namespaceOf(ownNamespace),
  workload(ownNamespace, 'alpha-web', 'alpha/web:1', true),
  workload(ownNamespace, 'alpha-api', 'alpha/api:1', false),
  account(ownNamespace, 'alpha-web'),
  account(ownNamespace, 'alpha-api'),
  ...around(ownNamespace, 'alpha-web'),
]
const hiddenIn = (namespace: string): readonly Resource[] => [
  namespaceOf(namespace),
  workload(namespace, `${hiddenWord}-web`, `${hiddenWord}/web:1`, true),
  workload(namespace, `${hiddenWord}-db`, `${hiddenWord}/db:1`, true),
  account(namespace, `${hiddenWord}-web`),
  ...around(namespace, `${hiddenWord}-web`),
  grantFrom(namespace, hiddenWord),
  routeFrom(namespace, hiddenWord),
]

interface Door {
  send(uid: string, name: string, resources: readonly Resource[]): Promise<void>
}

async function openDoor(deps: Deps): Promise<Door> {
  const ingest = new Ingest({ deps, onAccepted: async () => {} })
  return {
    async send(uid, name, resources) {
      const asked = { name, environment: name, labels: { team: name }, options: {} }
      const { token } = await createEnrolment(deps, asked, systemActor)
      const collector = await collectorOfToken(deps, token)
      if (!collector) throw new Error('the collector is not known')
      const head = {
        format: 'plimsoll-ingest',
        version: 1,
        cluster: { uid, name, version: '1.34.1', account: `account-of-${name}`, region: `region-of-${name}` },
        scope: 'api',
        collector: { name: 'plimsoll', version: '0.0.0', id: name },
        collectedAt: deps.now().toISOString(),
        sequence: 1,
      }
      const contents = new Map(
        resources.map(one => [
          `${assetKind(one.apiVersion, one.kind)}/${one.metadata.namespace ?? ''}/${one.metadata.name}`,
          one,
        ]),
      )
      const answer = await ingest.receive(collector, sent(linesOf(head, contents)))
      if (answer.state !== 'accepted') throw new Error(`the snapshot is ${answer.state}`)
    },
  }
}

/**
 * Sends the fleet: a cluster `alpha` with namespace `alpha`, and where `hidden` says so another cluster, or another namespace in the same
 * cluster. Gives the clusters that are there.
 */
export async function sendTenants(
  deps: Deps,
  hidden: 'nothing' | 'cluster' | 'namespace',
): Promise<string[]> {
  const door = await openDoor(deps)
  await door.send(
    ownCluster,
    'alpha',
    hidden === 'namespace' ? [...own, ...hiddenIn(`${hiddenWord}-ns`)] : own,
  )
  if (hidden !== 'cluster') return [ownCluster]
  await door.send(hiddenCluster, hiddenWord, hiddenIn(`${hiddenWord}-ns`))
  return [ownCluster, hiddenCluster]
}

/** The real catalogue costs seconds for each assessment; a few of its rules show as much. */
export const fewRules = (pack: RulePack): RulePack => {
  const ids = new Set([
    'privileged-container',
    'image-digest',
    'default-namespace',
    'automount-token',
    'host-network',
  ])
  const rules = pack.rules.filter(({ id, subject }) => ids.has(id) || subject === 'Namespace')
  const known = new Set(rules.map(({ id }) => id))
  const editions = pack.editions.filter(
    ({ benchmark, edition }) => `${benchmark}@${edition}` === 'pss-baseline@1.34' || benchmark === 'nsa-cisa',
  )
  return {
    ...pack,
    rules: pack.rules.filter(
      ({ id }) => known.has(id) || editions.some(e => e.controls.some(c => c.rules.some(r => r.rule === id))),
    ),
    editions,
  }
}
