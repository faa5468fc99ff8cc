// Preflight: asks the API server which permissions a collection would have, and says which rules each missing one costs.

import { entriesOf, isRecord, type KindEntry, nameOfKind, succeed } from '@plimsoll/core'
import { mapPool } from '../pool.ts'
import type { ApiClient } from './api-client.ts'
import type { PermissionCheck, Preflight } from './cluster-request.ts'
import { discover } from './discovery.ts'
import { reach } from './reach.ts'
import { readObject } from './read-object.ts'

const asksAtOnce = 4

type Unanswered = Omit<PermissionCheck, 'allowed'>

/**
 * Asks the API server what it would allow, and says which rules each missing permission costs. The first check is of the
 * cluster's identity, which costs no rule. Kinds of other projects are asked about where the server serves them: elsewhere there is
 * nothing to list. Refuses as collectCluster does.
 */
export const preflight: Preflight = async request => {
  const reached = await reach(request)
  if (!reached.ok) return reached
  const { client } = reached.value
  const { entries } = entriesOf(request.rulesByKind.keys())
  const identity: Unanswered = {
    permission: { verb: 'get', group: '', resource: 'namespaces', name: 'kube-system' },
    kind: 'Namespace',
    rulesLost: [],
  }
  const listOf = (entry: KindEntry): Unanswered => ({
    permission: { verb: 'list', group: entry.group, resource: entry.plural },
    kind: nameOfKind(entry),
    rulesLost: request.rulesByKind.get(nameOfKind(entry)) ?? [],
  })
  try {
    const lists = (await servedAmong(entries, client)).map(listOf)
    return succeed(
      await mapPool([identity, ...lists], asksAtOnce, async check => ({
        ...check,
        allowed: await ask(client, check.permission),
      })),
    )
  } finally {
    client.close()
  }
}

/** The kinds that the server serves or may serve; those that every server has are among them in any case. */
async function servedAmong(entries: readonly KindEntry[], client: ApiClient): Promise<readonly KindEntry[]> {
  if (entries.every(({ always }) => always)) return entries
  const discovery = await discover(client)
  const isServed = await mapPool(
    entries,
    asksAtOnce,
    async entry => entry.always || (await discovery.servingOf(entry)) !== 'not-served',
  )
  return entries.filter((_, index) => isServed[index])
}

async function ask(
  client: ApiClient,
  permission: PermissionCheck['permission'],
): Promise<PermissionCheck['allowed']> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: permission },
  }
  const answer = await client.review(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    review,
    readObject,
  )
  const status = answer.ok && isRecord(answer.value.status) ? answer.value.status : {}
  if (status.allowed === true) return 'yes'
  return status.allowed === false && !status.evaluationError ? 'no' : 'unknown'
}
