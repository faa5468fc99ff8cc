// Hostile fields: every field that rules may read, of every kind, filled with every other type, judged by every rule of the catalogue.
//
// The objects come from the shapes, so that a field which a rule begins to read is tried from that day on.

import { describe, expect, test } from 'vitest'
import { rules } from '../catalogue/index.ts'
import { formatPath } from '../kube/path.ts'
import { podKinds } from '../kube/pod-template.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Shape, ShapeForm } from '../model/shape.ts'
import { decodingProblem } from './soundness.ts'
import { filesWith, run } from './testing/assessing.ts'
import { wholeKinds, wholeObject } from './testing/whole-objects.ts'
import {
  absent,
  copied,
  kindOf,
  type Node,
  nodesOf,
  oddValues,
  replaced,
  withValue,
  zeroLike,
} from './testing/wrong-values.ts'

const asked = rules.map(({ id }) => id)

/** What came of one object: its results and the gap that it left. */
interface Judgement {
  readonly results: readonly Result[]
  readonly gap: Gap | undefined
}

/** Judges objects, each under a name of its own, by every rule. They are not used again: a judgement removes nulls. */
function judgeEach(objects: readonly Resource[]): Judgement[] {
  const resources = objects.map((object, i) => ({
    resource: { ...object, metadata: { ...object.metadata, name: `web-${i}` } },
    source: { file: 'all.yaml', document: i, line: i + 1 },
  }))
  const { assessment, results, summary } = run({ snapshot: { ...filesWith([]), resources }, rules, asked })
  const gaps = new Map(summary.gaps.map(gap => [gap.line, gap]))
  const found = new Map<string | null, Result[]>()
  for (const result of results) {
    const own = found.get(result.resource)
    if (own) own.push(result)
    else found.set(result.resource, [result])
  }
  const entries = assessment.resources.toSorted((a, b) => a.source.document - b.source.document)
  return entries.map(({ key, source }) => ({ results: found.get(key) ?? [], gap: gaps.get(source.line) }))
}

/** What a judgement says, to be held against another. */
const verdicts = ({ results }: Judgement) =>
  results.map(({ rule, outcome, discriminator, evidence }) =>
    [rule, outcome, discriminator, ...evidence.map(({ path }) => path)].join(' '),
  )

/** Whether the API server decodes a value at a field of that form: what the shapes must come to, in few words. */
function fits(form: ShapeForm, value: unknown): boolean {
  const allFit = (values: readonly unknown[], { form: inner }: Shape<unknown>) =>
    values.every(one => one === null || fits(inner, one))
  if (form === 'anything') return true
  if (form === 'number or string') return typeof value === 'number' || typeof value === 'string'
  if (typeof form === 'string') return kindOf(value) === form
  if ('items' in form) return Array.isArray(value) && allFit(value, form.items)
  if (kindOf(value) !== 'object') return false
  if ('entries' in form) return allFit(Object.values(value as object), form.entries)
  const fields = value as Readonly<Record<string, unknown>>
  return [...form.fields].every(([name, shape]) => allFit([fields[name] ?? null], shape))
}

function expectLaw(node: Node, form: ShapeForm, value: unknown, sound: Judgement, judgement: Judgement) {
  const path = formatPath(node.path)
  const outcomes = new Set(judgement.results.map(({ outcome }) => outcome))
  const told = { path, value, outcomes, gap: judgement.gap?.detail }
  if (fits(form, value)) {
    if (outcomes.has('error') || judgement.gap) expect(told).toBe('judged')
    if (form === 'anything') expect([path, ...verdicts(judgement)]).toEqual([path, ...verdicts(sound)])
    return
  }
  const isNamed = judgement.gap?.reason === 'unparsable' && judgement.gap.detail.includes(`: ${path}`)
  if (!isNamed || outcomes.size !== 1 || !outcomes.has('not-evaluated')) expect(told).toBe('not evaluated')
}

/** True inside a pod template, which is read the same way in whatever kind it stands. */
const isInTemplate = ({ path }: Node) =>
  path.indexOf('template') >= 0 && path.indexOf('template') < path.length - 2

/** True in a container that has the same fields as the first one. */
const isRepeated = ({ path }: Node) => path.includes('initContainers') || path.includes('ephemeralContainers')

/** The values that the rules see at a node: a few, others for each node; fewer where much the same was tried elsewhere. */
function valuesFor(node: Node, index: number, isFirst: boolean): readonly unknown[] {
  if (isInTemplate(node)) return index % 9 === 0 ? [oddValue(index)] : []
  const repeats =
    !isFirst || node.path.includes('initContainers') || node.path.includes('ephemeralContainers')
  return repeats ? [oddValue(index)] : [0, 5, 11].map(step => oddValue(index + step))
}
const oddValue = (index: number) => oddValues[index % oddValues.length]

/** Many are judged at once, since an assessment has costs of its own. */
function inHundreds<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / 100) }, (_, i) => all.slice(i * 100, (i + 1) * 100))
}

const trials = wholeKinds.flatMap(kind => [true, false].map(on => [kind, on] as const))

describe.each(trials)('%s, booleans %s', { timeout: 60_000 }, (kind, on) => {
  const isFirst = kind === 'Pod' ? on : !podKinds.includes(kind)
  const { resource, forms, templatePath } = wholeObject(kind, on)
  // Without metadata itself: that there is one is made sure of where objects are read.
  const nodes = nodesOf(resource).filter(({ path }) => forms.has(formatPath(path)))
  const formOf = ({ path }: Node) => forms.get(formatPath(path)) as ShapeForm
  /** What leads to the pod template must be there, so an empty object does not do. */
  const leadsToPod = ({ path }: Node) => templatePath.startsWith(formatPath(path))
  const [sound] = judgeEach([copied(resource)]) as [Judgement]

  test('is judged whole', () => {
    expect(nodes.length).toBe(forms.size)
    expect(sound.gap).toBeUndefined()
    expect(sound.results.filter(({ outcome }) => outcome === 'error')).toEqual([])
  })

  test('each wrong type is found, by its place', () => {
    for (const node of nodes) {
      if (!isFirst && isInTemplate(node)) continue
      const { path } = node
      const at = formatPath(path)
      const form = formOf(node)
      for (const value of oddValues) {
        if (leadsToPod(node) && fits(form, value)) continue
        const problem = withValue(resource, path, value, decodingProblem)
        const isRight = fits(form, value)
          ? problem === undefined
          : formatPath(problem?.path ?? []).startsWith(at)
        if (!isRight) expect({ at, value, problem }).toBe('found')
      }
    }
  })

  test('a wrong type is a gap that names the field, and no verdict of any rule', () => {
    const tried = nodes
      .flatMap((node, index) => valuesFor(node, index, isFirst).map(value => ({ node, value })))
      .filter(({ node, value }) => !leadsToPod(node) || !fits(formOf(node), value))
    for (const some of inHundreds(tried)) {
      const judgements = judgeEach(some.map(({ node, value }) => replaced(resource, node.path, value)))
      some.forEach(({ node, value }, i) => {
        expectLaw(node, formOf(node), value, sound, judgements[i] as Judgement)
      })
    }
  })

  test('a null is judged as nothing at all in an object, and as the zero value in a list or map', () => {
    const tried = nodes.filter(
      (node, index) => (isFirst && !isInTemplate(node) && !isRepeated(node)) || index % 9 === 0,
    )
    for (const some of inHundreds(tried)) {
      const asNull = judgeEach(some.map(({ path }) => replaced(resource, path, null)))
      const asNothing = judgeEach(some.map(node => replaced(resource, node.path, standIn(node))))
      some.forEach(({ path }, i) => {
        expect([path, verdicts(asNull[i] as Judgement)]).toEqual([path, verdicts(asNothing[i] as Judgement)])
      })
    }
  })

  /** What a null at a node comes to. */
  function standIn({ path, value }: Node): unknown {
    const parent = forms.get(formatPath(path.slice(0, -1)))
    const isField = parent === undefined || typeof parent === 'string' || 'fields' in parent
    return isField ? absent : zeroLike(value)
  }
})
