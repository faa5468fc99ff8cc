// Exceptions: which failures are accepted, and what is wrong or idle among the acceptances.

import type { ExceptionNote } from '../model/assessment.ts'
import type { AppliedException } from '../model/result.ts'
import type { AcceptableFailure, ExceptionScope, RuleException } from '../model/rule-exception.ts'
import { evidenceMark } from './evidence-mark.ts'
import { matchesAny, matchesGlob } from './glob.ts'

export interface ExceptionBook {
  /** The exception that covers a failure, if any. Counts what each exception covers. */
  cover(failure: AcceptableFailure): AppliedException | undefined
  readonly isEmpty: boolean
  /** What is to be said of the exceptions after all failures have been shown to `cover`. */
  notes(totals: { readonly failures: number; readonly isPartial: boolean }): ExceptionNote[]
}

interface Entry {
  readonly exception: RuleException
  readonly applied: AppliedException
  readonly isExpired: boolean
  covered: number
}

/** An exception that covers this share of all failures, and at least this many, is over-broad. */
const broadShare = 0.5
const broadCount = 20

/** `today` is `YYYY-MM-DD`: an exception holds to the end of its last day. */
export function openExceptions(exceptions: readonly RuleException[], today: string): ExceptionBook {
  const entries: Entry[] = exceptions.map(exception => {
    const { id, owner, reason, expires } = exception
    return {
      exception,
      applied: { id, owner, reason, expires },
      isExpired: expires < today,
      covered: 0,
    }
  })
  const byRule = new Map<string, Entry[]>()

  return {
    isEmpty: entries.length === 0,
    cover(failure) {
      let ofRule = byRule.get(failure.rule.id)
      if (!ofRule) {
        ofRule = entries.filter(({ exception }) => namesRule(exception.rules, failure.rule))
        byRule.set(failure.rule.id, ofRule)
      }
      let cover: AppliedException | undefined
      for (const entry of ofRule) {
        if (!covers(entry.exception, failure)) continue
        entry.covered++
        if (!entry.isExpired) cover ??= entry.applied
      }
      return cover
    },
    notes: totals => entries.flatMap(entry => notesOn(entry, totals.failures, totals.isPartial)),
  }
}

/** Whether an exception speaks of a failure, whatever the day. */
export const coversFailure = (exception: RuleException, failure: AcceptableFailure): boolean =>
  namesRule(exception.rules, failure.rule) && covers(exception, failure)

const namesRule = (patterns: readonly string[], rule: AcceptableFailure['rule']) =>
  [rule.id, ...(rule.aliases ?? [])].some(id => matchesAny(patterns, id))

/** Whether an exception that names the failure's rule speaks of the failure. */
function covers({ scope, findings, holdsFor }: RuleException, failure: AcceptableFailure): boolean {
  return (
    isInScope(scope, failure) && (!findings || isAmong(findings, failure)) && (holdsFor?.(failure) ?? true)
  )
}

function isAmong(
  findings: NonNullable<RuleException['findings']>,
  { rule, asset, discriminator, evidence }: AcceptableFailure,
): boolean {
  const resource = asset.key.slice(asset.key.indexOf('/') + 1)
  const own = findings.filter(
    one => one.resource === resource && one.rule === rule.id && one.discriminator === discriminator,
  )
  if (own.length === 0) return false
  const mark = evidenceMark(evidence)
  return own.some(one => one.evidence === mark)
}

function isInScope(scope: ExceptionScope, { asset, labels, discriminator }: AcceptableFailure): boolean {
  const { kinds, namespaces, names, discriminators } = scope
  if (kinds && !matchesAny(kinds, asset.kind)) return false
  if (namespaces && !matchesAny(namespaces, asset.namespace)) return false
  if (names && !matchesAny(names, asset.name)) return false
  if (discriminators && (discriminator === undefined || !matchesAny(discriminators, discriminator)))
    return false
  return Object.entries(scope.labels ?? {}).every(([name, pattern]) => {
    const value: unknown = Object.hasOwn(labels, name) ? labels[name] : undefined
    return typeof value === 'string' && matchesGlob(pattern, value)
  })
}

function notesOn(entry: Entry, failures: number, isPartial: boolean): ExceptionNote[] {
  const { exception, covered, isExpired } = entry
  const { id, expires } = exception
  if (isExpired)
    return [
      {
        id,
        state: 'expired',
        message:
          `exception ${id} expired on ${expires}` +
          (covered > 0
            ? `; the ${covered === 1 ? 'failure it covered counts' : `${covered} failures it covered count`} again`
            : ''),
      },
    ]
  if (covered === 0)
    return [
      {
        id,
        state: 'unused',
        message: `exception ${id} covers no failure${isPartial ? ' among what could be evaluated' : ''}`,
      },
    ]
  const why = whyBroad(exception, covered, failures)
  return why
    ? [{ id, state: 'over-broad', message: `exception ${id} ${why}; name what is really accepted` }]
    : []
}

function whyBroad(
  { rules, scope, query, findings }: RuleException,
  covered: number,
  failures: number,
): string | undefined {
  if (findings) return undefined
  const matchesAll = (patterns: readonly string[] | undefined) => patterns?.includes('*') ?? true
  const { kinds, namespaces, names, discriminators, labels } = scope
  const isUnlabelled = Object.keys(labels ?? {}).length === 0 && query === undefined
  if ([kinds, namespaces, names, discriminators].every(matchesAll) && isUnlabelled)
    return 'covers every resource'
  if (rules.includes('*') && matchesAll(namespaces) && matchesAll(names) && isUnlabelled)
    return 'covers every rule in every namespace'
  if (covered >= broadCount && covered >= failures * broadShare)
    return `covers ${covered} of ${failures} failures`
  return undefined
}
