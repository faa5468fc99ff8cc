/** Keeps count of a comparison between two judges, and of where they differ. */
import { type Policy, policyName } from './pod-security.ts'

/** What our rules say of one resource under one policy: every denial in the server's order. */
export interface Verdict {
  allowed: boolean
  denials: readonly { reason: string; detail: string }[]
}

export interface Disagreement {
  subject: string
  policy: string
  server: string
  ours: string
  /** The object, to try it again. */
  given: unknown
}

export interface Ledger {
  readonly disagreements: readonly Disagreement[]
  /** Notes what the server said (`undefined` for allowed) and what we say of `given`. Returns whether it is the same. */
  compare: (
    subject: string,
    given: unknown,
    policy: Policy,
    server: string | undefined,
    ours: Verdict,
  ) => boolean
  /** Notes an object that is invalid for the server, which judges nothing. */
  refuse: (message: string) => void
  /** Figures so far. */
  totals: () => { compared: number; allowed: number; denied: number; refused: number }
  /** How often each of these texts stood in a denial of the server. */
  seen: (reasons: readonly string[]) => Record<string, number>
  /** Comparisons by policy: the fewest and the most. */
  spread: () => { policies: number; fewest: number; most: number }
  /** The first disagreements in words. */
  report: (limit?: number) => string
}

/** The denials as the server joins them: `reason (detail), reason, reason (detail)`; undefined if there are none. */
export function denialText({ allowed, denials }: Verdict): string | undefined {
  if (allowed) return undefined
  return denials.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ')
}

export function createLedger(): Ledger {
  const disagreements: Disagreement[] = []
  const byPolicy = new Map<string, number>()
  const denials = new Map<string, number>()
  const refusals = new Map<string, number>()
  let allowed = 0
  let denied = 0

  return {
    disagreements,
    compare: (subject, given, policy, server, verdict) => {
      const name = policyName(policy)
      count(byPolicy, name)
      if (server === undefined) allowed++
      else {
        denied++
        count(denials, server)
      }
      const ours = denialText(verdict)
      if (ours === server) return true
      disagreements.push({
        subject,
        policy: name,
        server: server ?? 'allowed',
        ours: ours ?? 'allowed',
        given,
      })
      return false
    },
    refuse: message => count(refusals, message),
    totals: () => ({ compared: allowed + denied, allowed, denied, refused: sum(refusals) }),
    seen: reasons =>
      Object.fromEntries(
        reasons.map(reason => [reason, sum(new Map([...denials].filter(([text]) => text.includes(reason))))]),
      ),
    spread: () => {
      const counts = [...byPolicy.values()]
      return { policies: counts.length, fewest: Math.min(...counts), most: Math.max(...counts) }
    },
    report: (limit = 5) =>
      disagreements
        .slice(0, limit)
        .map(
          d =>
            `${d.subject}, ${d.policy}\n  server: ${d.server}\n  ours:   ${d.ours}\n  ${JSON.stringify(d.given)}`,
        )
        .join('\n'),
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function sum(map: ReadonlyMap<string, number>): number {
  return [...map.values()].reduce((total, times) => total + times, 0)
}
