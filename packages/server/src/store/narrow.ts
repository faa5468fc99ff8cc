// Narrow: what a caller sees of a part of the fleet that they ask for: never more than they see of the whole.

import { everything, type Permitted, permittedAt, type ZoneTerm } from './permitted.ts'
import { isSeen } from './seen.ts'

/** What both cover: what a caller may see, of what any of the terms covers. */
export function narrow(permitted: Permitted, terms: readonly ZoneTerm[]): Permitted {
  const asked = permitted.all
    ? terms
    : permitted.terms.flatMap(own => terms.flatMap(term => bothTerms(own, term) ?? []))
  const at = permitted.all ? undefined : permitted.at
  return permittedAt(asked.some(isEmpty) ? everything : { all: false, terms: asked }, at)
}

const isEmpty = (term: ZoneTerm) => Object.values(term).every(part => part === undefined)

/** A term that covers what both cover; undefined where that is nothing. */
function bothTerms(a: ZoneTerm, b: ZoneTerm): ZoneTerm | undefined {
  const accounts = bothLists(a.accounts, b.accounts)
  const clusters = bothLists(a.clusters, b.clusters)
  const clusterLabels = bothLabels(a.clusterLabels, b.clusterLabels)
  const labels = bothLabels(a.labels, b.labels)
  const namespaces = bothNamespaces(a.namespaces, b.namespaces)
  if (accounts?.length === 0 || clusters?.length === 0 || namespaces?.length === 0) return undefined
  if (clusterLabels === 'none' || labels === 'none') return undefined
  return {
    ...(accounts && { accounts }),
    ...(clusters && { clusters }),
    ...(clusterLabels && { clusterLabels }),
    ...(namespaces && { namespaces }),
    ...(labels && { labels }),
  }
}

type List = readonly string[] | undefined
const bothLists = (a: List, b: List): List => (a && b ? a.filter(one => b.includes(one)) : (a ?? b))

type Labels = Readonly<Record<string, string>>
function bothLabels(a: Labels | undefined, b: Labels | undefined): Labels | undefined | 'none' {
  if (!a || !b) return a ?? b
  const isTorn = Object.entries(b).some(([key, value]) => Object.hasOwn(a, key) && a[key] !== value)
  return isTorn ? 'none' : { ...a, ...b }
}

const bothNamespaces = (a: List, b: List): List =>
  a && b ? [...new Set(a.flatMap(one => b.flatMap(other => commonGlobs(one, other))))] : (a ?? b)

/** Whether a glob of namespaces matches a text. */
export const isGlobbed = (glob: string, namespace: string): boolean =>
  isSeen({ all: false, terms: [{ namespaces: [glob] }] }, { ...nowhere, namespace })

const nowhere = {
  cluster: { id: '', account: '', environment: '', labels: {} },
  kind: '',
  name: '',
  labels: {},
}

/** Globs that together match the texts which both match. */
export function commonGlobs(a: string, b: string): readonly string[] {
  if (isGlobbed(a, b)) return [b]
  if (isGlobbed(b, a)) return [a]
  const known = new Map<number, readonly string[]>()
  const from = (i: number, j: number): readonly string[] => {
    const key = i * (b.length + 1) + j
    const before = known.get(key)
    if (before) return before
    const made = [...new Set(step(i, j).map(glob => glob.replace(/\*+/g, '*')))]
    known.set(key, made)
    return made
  }
  const after = (first: string, rest: readonly string[]) => rest.map(glob => first + glob)
  function step(i: number, j: number): readonly string[] {
    const [x, y] = [a[i], b[j]]
    if (x === undefined && y === undefined) return ['']
    if (x === '*' && y === '*') return after('*', [...from(i + 1, j), ...from(i, j + 1)])
    // A star ends here, or takes what the other one says next.
    if (x === '*') return [...from(i + 1, j), ...(y === undefined ? [] : after(y, from(i, j + 1)))]
    if (y === '*') return [...from(i, j + 1), ...(x === undefined ? [] : after(x, from(i + 1, j)))]
    return x !== undefined && x === y ? after(x, from(i + 1, j + 1)) : []
  }
  return from(0, 0)
}
