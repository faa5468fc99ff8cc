// Findings: what a report for people shows of the results: failures by resource, worst first, alike ones together, within bounds.

import type { Assessment, ResourceEntry, Summary } from '../model/assessment.ts'
import type { AppliedException, Result } from '../model/result.ts'
import { type Severity, severities } from '../model/severity.ts'
import { isListed, resultsByResource } from './listing.ts'
import type { ReportOptions } from './options.ts'
import { type Unjudged, watchUnjudged } from './unjudged.ts'

export type SeverityCounts = Readonly<Record<Severity, number>>

/** Resources that have exactly the same failures. */
export interface FindingGroup {
  /** The first of them, at most as many as the bounds allow. */
  readonly entries: readonly ResourceEntry[]
  /** How many there are. */
  readonly total: number
  /** The failures of the first, worst rule first. */
  readonly results: readonly Result[]
  readonly counts: SeverityCounts
}

/** A failure that an exception covers. */
export interface AcceptedFinding {
  readonly entry: ResourceEntry
  readonly result: Result & { readonly exception: AppliedException }
}

export interface Findings {
  readonly summary: Summary
  /** Worst first. */
  readonly groups: readonly FindingGroup[]
  /** Failures listed, by severity, in all groups, shown or not. */
  readonly counts: SeverityCounts
  readonly resources: number
  /** What the bounds left out of `groups`. */
  readonly hidden: {
    readonly resources: number
    readonly findings: number
    readonly worst: Severity | undefined
  }
  /** Failures that the filter of severities and outcomes, or the baseline, left out. */
  readonly unlisted: number
  readonly unjudged: readonly Unjudged[]
  /** Failures that an exception covers, as many as the bounds allow; the summary counts all. */
  readonly accepted: readonly AcceptedFinding[]
  /** How many resources each rule failed on, most first. */
  readonly rules: readonly {
    readonly rule: string
    readonly severity: Severity
    readonly resources: number
  }[]
}

export interface FindingBounds {
  readonly groups: number
  /** Names kept of resources that are alike. */
  readonly alike: number
}

interface Draft {
  readonly order: number
  readonly entries: ResourceEntry[]
  total: number
  readonly results: readonly Result[]
  readonly counts: Record<Severity, number>
}

/** Judges to the end. Memory follows the bounds, not the results. */
export function collectFindings(
  assessment: Assessment,
  options: Pick<ReportOptions, 'only' | 'severity' | 'baseline'>,
  bounds: FindingBounds,
): Findings {
  let groups = new Map<string, Draft>()
  const counts = noCounts()
  const unjudged = watchUnjudged()
  const accepted: AcceptedFinding[] = []
  const rules = new Map<string, { rule: string; severity: Severity; resources: number }>()
  let resources = 0

  // The filters are for failures: what could not be judged is told in any case.
  for (const { entry, results } of resultsByResource(assessment, {})) {
    const failures: Result[] = []
    for (const result of results) {
      unjudged.note(result)
      if (result.outcome !== 'fail') continue
      const { exception } = result
      if (exception) {
        if (entry && accepted.length < bounds.groups)
          accepted.push({ entry, result: { ...result, exception } })
      } else if (!(options.baseline && result.change === 'unchanged') && isListed(result, options))
        failures.push(result)
    }
    if (!entry || failures.length === 0) continue
    failures.sort(byRule)
    resources++
    add(entry, failures)
    if (groups.size >= 2 * bounds.groups) groups = worstOf(groups, bounds.groups)
  }

  const shown = [...worstOf(groups, bounds.groups).values()]
  const summary = assessment.summary()
  const listed = sum(counts)
  const shownFindings = shown.reduce((total, group) => total + sum(group.counts) * group.total, 0)
  return {
    summary,
    groups: shown,
    counts,
    resources,
    hidden: {
      resources: resources - shown.reduce((total, group) => total + group.total, 0),
      findings: listed - shownFindings,
      worst: severities.find(
        severity =>
          counts[severity] > shown.reduce((total, group) => total + group.counts[severity] * group.total, 0),
      ),
    },
    unlisted: summary.counts.fail - listed,
    unjudged: unjudged.list(),
    accepted,
    rules: [...rules.values()].sort((a, b) => b.resources - a.resources || (a.rule < b.rule ? -1 : 1)),
  }

  function add(entry: ResourceEntry, failures: readonly Result[]): void {
    const own = noCounts()
    let last: string | undefined
    for (const { rule, severity } of failures) {
      own[severity]++
      counts[severity]++
      if (rule === last) continue
      last = rule
      const known = rules.get(rule)
      if (known) known.resources++
      else rules.set(rule, { rule, severity, resources: 1 })
    }
    const likeness = likenessOf(failures)
    const known = groups.get(likeness)
    if (!known)
      groups.set(likeness, { order: resources, entries: [entry], total: 1, results: failures, counts: own })
    else {
      known.total++
      if (known.entries.length < bounds.alike) known.entries.push(entry)
    }
  }
}

/** What makes the failures of two resources the same to a reader, as a text: built by hand, since every failure passes here. */
function likenessOf(failures: readonly Result[]): string {
  let text = ''
  for (const { rule, severity, discriminator, reason, parameters, evidence, change } of failures) {
    text += `${rule}\n${severity}\n${change ?? ''}\n${JSON.stringify(discriminator) ?? ''}\n`
    if (reason !== undefined || parameters) text += JSON.stringify([reason, parameters])
    for (const { path, actual, expected } of evidence)
      text += `\n${path}\n${expected}\n${typeof actual === 'boolean' ? actual : JSON.stringify(actual)}`
    text += '\n\n'
  }
  return text
}

/** The worst groups of a map. A group left out once never comes back: those kept only get worse. */
function worstOf(groups: Map<string, Draft>, limit: number): Map<string, Draft> {
  const sorted = [...groups].sort(([, a], [, b]) => {
    for (const severity of severities)
      if (a.counts[severity] !== b.counts[severity]) return b.counts[severity] - a.counts[severity]
    return a.order - b.order
  })
  return new Map(sorted.slice(0, limit))
}

function byRule(a: Result, b: Result): number {
  const bySeverity = severities.indexOf(a.severity) - severities.indexOf(b.severity)
  if (bySeverity !== 0) return bySeverity
  return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0
}

const noCounts = (): Record<Severity, number> => ({ critical: 0, high: 0, medium: 0, low: 0 })
const sum = (counts: SeverityCounts) => severities.reduce((total, severity) => total + counts[severity], 0)
