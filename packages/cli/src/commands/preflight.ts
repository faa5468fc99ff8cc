// Preflight: `plimsoll preflight`: the permissions that a scan or an agent needs, slice by slice: what each buys, whether it is there, and which rules are lost without it.

import type { PermissionCheck } from '@plimsoll/collect'
import {
  count,
  defaultProfile,
  permissionsOf,
  type Rule,
  type Slice,
  slices,
  visible,
  wrap,
} from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
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
  const rules = rulesToRun(catalogue.rules, choice.value, defaultProfile)
  const { kindsReadBy, preflight: ask, systemWorld } = await kit.loadCollectors()
  const checked = await ask({
    ...(flags.kubeconfig !== undefined && { kubeconfig: flags.kubeconfig }),
    ...(flags.context !== undefined && { context: flags.context }),
    rulesByKind: kindsReadBy(rules),
    environment: host.environment,
    world: systemWorld,
    collector: tool,
    signal: host.signal,
  })
  if (!checked.ok) return sayProblems(checked.problems, voice)
  const checks = inSlices(checked.value, rules)
  const isWhole = checks.every(({ allowed }) => allowed === 'yes')
  if (flags.output === 'json')
    await writeJson(
      host.out,
      checks.map(({ slice, ...check }) => ({ slice: slice.id, buys: slice.buys, ...check })),
    )
  else await writeLines(host.out, tableLines(checks, host.width, voice))
  return isWhole ? 0 : 3
}

interface SlicedCheck extends PermissionCheck {
  readonly slice: Slice
}

/** The checks with their slices, in the slices' order, else as they came. Throws for one of a kind that no slice has. */
function inSlices(checks: readonly PermissionCheck[], rules: readonly Rule[]): readonly SlicedCheck[] {
  const sliceOfKind = new Map(permissionsOf(rules).map(({ kind, slice }) => [kind, slice]))
  const sliced = checks.map(check => {
    const slice = slices.find(({ id }) => id === sliceOfKind.get(check.kind))
    if (!slice) throw new Error(`no slice has the kind ${check.kind}`)
    return { ...check, slice }
  })
  return slices.flatMap(({ id }) => sliced.filter(({ slice }) => slice.id === id))
}

/** A slice and what it buys, then its permissions below each other; columns are as wide in all slices. */
function* tableLines(checks: readonly SlicedCheck[], width: number, voice: Voice): Generator<string> {
  const what = checks.map(({ permission }) => visible(nameOf(permission)))
  const room = Math.max(...what.map(one => one.length))
  for (const slice of slices) {
    const own = checks.filter(one => one.slice === slice)
    if (own.length === 0) continue
    const isOff = slice.isDefault ? '' : ' (agents have it only where it is switched on)'
    for (const [index, line] of wrap(`${slice.id}${isOff}: ${slice.buys}`, Math.max(24, width)).entries())
      yield index === 0 ? line.replace(slice.id, voice.paint('strong', slice.id)) : line
    const rows = own.map(check => [
      `  ${check.allowed}`.padEnd(9),
      nameOf(check.permission).padEnd(room),
      costOf(check),
    ])
    yield* columnLines(rows, width, (text, column, index) =>
      column === 0 && own[index]?.allowed !== 'yes' ? voice.paint('warn', text) : text,
    )
    yield ''
  }
  yield verdict(checks)
}

const nameOf = ({ verb, group, resource, name }: PermissionCheck['permission']): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : `/${name}`}`

/** Which rules need it: all by name where it is missing, since those are lost. */
function costOf({ allowed, rulesLost }: PermissionCheck): string {
  if (rulesLost.length === 0) return 'tells which cluster it is; no rule needs it'
  const isMissing = allowed !== 'yes'
  const names = isMissing ? rulesLost.join(', ') : someOf(rulesLost, 3)
  return `${isMissing ? 'loses' : 'buys'} ${count(rulesLost.length, 'rule')}: ${names}`
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
