// Count moves: adds up what an assessment does to the counts of findings.

import type { CountMove } from '../../store/finding-count-moves.ts'
import type { FindingChange, FindingPlace, KnownFinding, NewFinding } from '../../store/finding-writes.ts'

type Counted = Pick<NewFinding, 'state' | 'outcome' | 'severity'>
type Field = CountMove['field']

export interface CountMoves {
  opened(place: FindingPlace, finding: NewFinding): void
  /** A finding of an asset of that kind and namespace changed. */
  changed(before: KnownFinding, after: FindingChange, kind: string, namespace: string): void
  /** What stands at a root is another. */
  root(key: string): void
  moves(): CountMove[]
  readonly roots: ReadonlySet<string>
}

interface Sum extends Omit<CountMove, 'count'> {
  count: number
}

export function countMoves(): CountMoves {
  /** By field and value, then by state, outcome and severity. */
  const sums = { rule: new Map(), kind: new Map(), namespace: new Map() } satisfies Record<
    Field,
    Map<string, Map<string, Sum>>
  > as Readonly<Record<Field, Map<string, Map<string, Sum>>>>
  const roots = new Set<string>()
  const count = (field: Field, value: string, key: string, own: Counted, by: 1 | -1) => {
    let ofValue = sums[field].get(value)
    if (!ofValue) {
      ofValue = new Map()
      sums[field].set(value, ofValue)
    }
    const sum = ofValue.get(key)
    if (sum) sum.count += by
    else {
      const { state, outcome, severity } = own
      ofValue.set(key, { field, value, state, outcome, severity, count: by })
    }
  }
  const add = (rule: string, kind: string, namespace: string, own: Counted, by: 1 | -1) => {
    const key = `${own.state} ${own.outcome} ${own.severity}`
    count('rule', rule, key, own, by)
    count('kind', kind, key, own, by)
    count('namespace', namespace, key, own, by)
  }
  return {
    opened({ kind, namespace, root_key }, finding) {
      add(finding.rule, kind, namespace, finding, 1)
      roots.add(root_key)
    },
    changed(before, after, kind, namespace) {
      add(before.rule, kind, namespace, before, -1)
      add(before.rule, kind, namespace, after, 1)
      roots.add(before.root_key)
    },
    root: key => void roots.add(key),
    moves: () => Object.values(sums).flatMap(of => [...of.values()].flatMap(own => [...own.values()])),
    roots,
  }
}
