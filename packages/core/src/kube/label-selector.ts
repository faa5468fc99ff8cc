// Label selector: decides whether labels are selected, by the API's two forms: expressions, and the older plain map.
//
// Source: Kubernetes API machinery, LabelSelectorAsSelector and labels.Requirement.Matches, versions 1.0 to 1.37.

import { list, map, object, string, type TypeOf } from '../model/shape.ts'

export const labelSelectorShape = object({
  matchLabels: map(string),
  matchExpressions: list(object({ key: string, operator: string, values: list(string) })),
})

/** A LabelSelector: all of its labels and expressions must hold. */
export type LabelSelector = TypeOf<typeof labelSelectorShape>
type Expression = NonNullable<LabelSelector['matchExpressions']>[number]

export type Labels = Readonly<Record<string, string>>

/**
 * True where the selector selects things of these labels; undefined where the API server would refuse the selector.
 * An empty selector selects everything. A selector that is absent selects nothing, which is the caller's to know.
 */
export function selects(selector: LabelSelector, labels: Labels): boolean | undefined {
  if (findSelectorFault(selector) !== undefined) return undefined
  return (
    selectsByMap(selector.matchLabels ?? {}, labels) &&
    (selector.matchExpressions ?? []).every(expression => holds(expression, labels))
  )
}

/** True where every entry of a plain map selector, such as a Service's, is among the labels; an empty one selects everything. */
export function selectsByMap(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).every(key => labelOf(labels, key) === selector[key])
}

/** What the API server would refuse in a selector, as a path inside it and what is expected there. */
export interface SelectorFault {
  readonly path: readonly (string | number)[]
  readonly expected: string
}

/** The first thing in a selector that the API server would refuse; undefined for a sound one. */
export function findSelectorFault(selector: LabelSelector): SelectorFault | undefined {
  const expressions = selector.matchExpressions ?? []
  for (let i = 0; i < expressions.length; i++) {
    const { operator, values = [] } = expressions[i] as Expression
    const at = (field: string, expected: string) => ({ path: ['matchExpressions', i, field], expected })
    if (!operators.includes(operator ?? '')) return at('operator', `one of ${operators.join(', ')}`)
    const needsValues = operator === 'In' || operator === 'NotIn'
    if (needsValues && values.length === 0) return at('values', `at least one value with ${operator}`)
    if (!needsValues && values.length > 0) return at('values', `no values with ${operator}`)
    if (!expressions[i]?.key) return at('key', 'the key of a label')
  }
  return undefined
}

const operators: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function holds({ key = '', operator, values = [] }: Expression, labels: Labels): boolean {
  const value = labelOf(labels, key)
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  return operator === 'Exists' ? value !== undefined : value === undefined
}

const labelOf = (labels: Labels, key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined)
