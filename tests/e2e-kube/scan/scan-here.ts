/** Scans a cluster as the command line does, inside the test's own process: for many scans in a row. */
import {
  collectCluster,
  kindsReadBy,
  type PermissionCheck,
  preflight,
  systemWorld,
} from '../../../packages/collect/src/index.ts'
import { editions, rules } from '../../../packages/core/src/catalogue/index.ts'
import type { JsonReport } from '../../../packages/core/src/contract/report.ts'
import { assess, defaultProfile, jsonReport } from '../../../packages/core/src/index.ts'

const tool = { name: 'plimsoll', version: '0.0.0-test' }
const rulesByKind = kindsReadBy(rules)
/** Nobody waits: what is refused once is refused again. */
const world = { ...systemWorld, sleep: async () => {} }
const parts = { environment: {}, world, collector: tool }

/** The report of every rule, those that are off by default too, and of the newest benchmarks of each family given. */
export async function scanHere(
  kubeconfig: string,
  families: readonly string[] = ['pss-baseline', 'pss-restricted', 'nsa-cisa'],
): Promise<JsonReport> {
  const collected = await collectCluster({
    ...parts,
    kubeconfig,
    kinds: [...rulesByKind.keys()],
    secretsAllowed: true,
  })
  if (!collected.ok) throw new Error(collected.problems.map(({ message }) => message).join('\n'))
  const assessment = assess({
    snapshot: collected.value.snapshot,
    rules,
    editions: families.flatMap(family => editions.findLast(({ benchmark }) => benchmark === family) ?? []),
    asked: rules.map(({ id }) => id),
    profile: defaultProfile,
    now: new Date().toISOString(),
    tool,
  })
  const options = { rules, now: () => new Date().toISOString() }
  return JSON.parse([...jsonReport(assessment, options)].join('')) as JsonReport
}

/** What preflight says to this user about every rule. */
export async function preflightHere(kubeconfig: string): Promise<readonly PermissionCheck[]> {
  const answer = await preflight({ ...parts, kubeconfig, rulesByKind })
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'))
  return answer.value
}
