// Count moves: adds up what an assessment does to the counts of findings.

import type { CountMove } from '../../store/finding-count-moves.ts'
import type { FindingChange, KnownFinding, NewFinding } from '../../store/finding-writes.ts'

type Counted = Pick<NewFinding, 'state' | 'outcome' | 'severity'>

export interface CountMoves {
  opened(finding: NewFinding): void
  /** A finding of an asset of that kind and namespace changed. */
  changed(before: KnownFinding, after: FindingChange, kind: string, namespace: string): void
  /** What stands at a root is another. */
  root(key: string): void
  moves(): CountMove[]
  readonly roots: ReadonlySet<string>
}

export function countMoves(): CountMoves {
  const sums = new Map<string, CountMove>()
  const roots = new Set<string>()
  const add = (places: Readonly<Record<CountMove['field'], string>>, own: Counted, count: 1 | -1) => {
    for (const field of ['rule', 'kind', 'namespace'] as const) {
      const move = {
        field,
        value: places[field],
        state: own.state,
        outcome: own.outcome,
        severity: own.severity,
      }
      const key = JSON.stringify(move)
      sums.set(key, { ...move, count: (sums.get(key)?.count ?? 0) + count })
    }
  }
  return {
    opened(finding) {
      add(finding, finding, 1)
      roots.add(finding.root_key)
    },
    changed(before, after, kind, namespace) {
      const places = { rule: before.rule, kind, namespace }
      add(places, before, -1)
      add(places, after, 1)
      roots.add(before.root_key)
    },
    root: key => void roots.add(key),
    moves: () => [...sums.values()],
    roots,
  }
}
