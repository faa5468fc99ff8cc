// RBAC bench: the time and memory that it takes to resolve the RBAC of a very large cluster and to ask what it comes to.
//
// Prints one JSON line; `npx tsx bench/rbac.ts [roles] [bindings] [accounts]`, 50,000 of each where nothing is said.

import type { Action } from '../packages/core/src/kube/rbac/action.ts'
import { serviceAccountIdentity } from '../packages/core/src/kube/rbac/identity.ts'
import { mayDo, rulesFor } from '../packages/core/src/kube/rbac/may-do.ts'
import { resolveRbac } from '../packages/core/src/kube/rbac/resolve.ts'
import { takeoverRights } from '../packages/core/src/kube/rbac/rights.ts'
import { whoMayAnywhere } from '../packages/core/src/kube/rbac/who-may.ts'
import type { Resource } from '../packages/core/src/model/resource.ts'
import { rbacCorpus } from './rbac-corpus.ts'

const [roles = 50_000, bindings = 50_000, accounts = 50_000] = process.argv.slice(2).map(Number)

/** Seconds that the work takes, those of the processor (all threads) beside them, and what it gives. */
function timed<T>(work: () => T): { readonly seconds: number; readonly cpu: number; readonly value: T } {
  const [started, used] = [performance.now(), process.cpuUsage()]
  const value = work()
  const { user, system } = process.cpuUsage(used)
  return {
    seconds: rounded((performance.now() - started) / 1000),
    cpu: rounded((user + system) / 1e6),
    value,
  }
}

const rounded = (seconds: number) => Number(seconds.toFixed(3))
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024)

const objects: Resource[] = [...rbacCorpus({ namespaces: 1_000, roles, bindings, accounts })]
const objectsMiB = peak()
const resolved = timed(() => resolveRbac(objects, { aggregation: 'gathered', assumeDefaults: true }))
const rbac = resolved.value

/** What each ServiceAccount may do in its own namespace. */
const held = timed(() => {
  let rules = 0
  for (const { kind, metadata } of objects) {
    if (kind !== 'ServiceAccount') break
    rules += rulesFor(
      rbac,
      serviceAccountIdentity(metadata.namespace ?? '', metadata.name ?? ''),
      metadata.namespace,
    ).length
  }
  return rules
})

/** Who may do each of the things that lead to all others, anywhere. */
const actions: Action[] = takeoverRights.flatMap(({ group, resource, verbs }) => {
  const [plain = '', subresource] = resource.split('/')
  return verbs.map(verb => ({ verb, group, resource: plain, ...(subresource && { subresource }) }))
})
const grants = timed(() => actions.reduce((sum, action) => sum + whoMayAnywhere(rbac, action).length, 0))

const asked = timed(() => {
  let allowed = 0
  for (let i = 0; i < 100_000; i++) {
    const namespace = `team-${i % 1_000}`
    const action: Action = { verb: 'list', group: '', resource: 'secrets', namespace }
    if (mayDo(rbac, serviceAccountIdentity(namespace, `app-${i % accounts}`), action).length > 0) allowed++
  }
  return allowed
})

console.log(
  JSON.stringify({
    roles,
    bindings,
    accounts,
    resolveSeconds: resolved.seconds,
    resolveCpuSeconds: resolved.cpu,
    rulesOfAllAccountsSeconds: held.seconds,
    rulesOfAllAccounts: held.value,
    whoMaySeconds: grants.seconds,
    whoMayQuestions: actions.length,
    grants: grants.value,
    mayDoPerSecond: Math.round(100_000 / asked.seconds),
    mayDoAllowed: asked.value,
    totalSeconds: rounded(resolved.seconds + held.seconds + grants.seconds),
    totalCpuSeconds: rounded(resolved.cpu + held.cpu + grants.cpu),
    objectsMiB,
    peakMiB: peak(),
  }),
)
