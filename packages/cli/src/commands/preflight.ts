// Preflight: `plimsoll preflight`: which permissions the scanning user lacks in a cluster, and which rules each of them costs.

import type { PermissionCheck } from '@plimsoll/collect'
import { count, defaultProfile } from '@plimsoll/core'
import { chooseScan, rulesToRun } from './choose.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { columnLines, someOf, writeJson, writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'

export interface PreflightFlags extends GlobalFlags {
  readonly kubeconfig?: string
  readonly context?: string
  readonly benchmark?: readonly string[]
  readonly rule?: readonly string[]
}

/** Asks the API server what it would allow. 3 where something would not be evaluated. */
export async function preflight(kit: Kit, flags: PreflightFlags): Promise<ExitCode> {
  const { host, tool } = kit
  const voice = voiceOf(kit, flags)
  const catalogue = await kit.loadCatalogue()
  const choice = chooseScan(catalogue, flags.benchmark ?? [], flags.rule ?? [], undefined)
  if (!choice.ok) return sayProblems(choice.problems, voice)
  const { kindsReadBy, preflight: ask, systemWorld } = await kit.loadCollectors()
  const checked = await ask({
    ...(flags.kubeconfig !== undefined && { kubeconfig: flags.kubeconfig }),
    ...(flags.context !== undefined && { context: flags.context }),
    rulesByKind: kindsReadBy(rulesToRun(catalogue.rules, choice.value, defaultProfile)),
    environment: host.environment,
    world: systemWorld,
    collector: tool,
    signal: host.signal,
  })
  if (!checked.ok) return sayProblems(checked.problems, voice)
  const checks = checked.value
  const isWhole = checks.every(({ allowed }) => allowed === 'yes')
  if (flags.output === 'json') await writeJson(host.out, checks)
  else
    await writeLines(host.out, [
      ...columnLines(checks.map(row), host.width, (text, column, index) =>
        column === 0 && checks[index]?.allowed !== 'yes' ? voice.paint('warn', text) : text,
      ),
      '',
      verdict(checks),
    ])
  return isWhole ? 0 : 3
}

function row({ permission, allowed, rulesLost }: PermissionCheck): string[] {
  const { verb, group, resource, name } = permission
  const what = `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : `/${name}`}`
  const isFree = allowed === 'yes' || rulesLost.length === 0
  const cost = isFree ? '' : `costs ${count(rulesLost.length, 'rule')}: ${someOf(rulesLost, 5)}`
  return [allowed, what, cost]
}

function verdict(checks: readonly PermissionCheck[]): string {
  const missing = checks.filter(({ allowed }) => allowed !== 'yes')
  if (missing.length === 0)
    return `All ${count(checks.length, 'permission')} are there: every rule can be evaluated.`
  const lost = new Set(missing.flatMap(({ rulesLost }) => rulesLost))
  return (
    `${missing.length} of ${count(checks.length, 'permission')} are missing or unknown: ` +
    `${count(lost.size, 'rule')} would not be evaluated.`
  )
}
