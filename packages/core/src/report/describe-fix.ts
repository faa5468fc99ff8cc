// Describe fix: how a failure is mended, in one line: what a machine would change, else what the rule says a person does.

import { formatPath, toPointer } from '../kube/path.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Operation } from '../model/json-patch.ts'
import type { Result } from '../model/result.ts'
import type { Rule } from '../model/rule.ts'
import { isRecord } from '../model/shape.ts'
import { describeValue } from './describe.ts'
import { shortenPath, visible } from './text.ts'

/**
 * The mending of failures of one rule on one resource: `set it to false`, `remove each`, `set spec.hostUsers to false`, where `it` is
 * what the evidence names; the rule's remediation where no machine knows the change, or where it is not the same for all. Paths are
 * kept within `pathWidth` columns.
 */
export function describeFix(
  results: readonly Result[],
  rule: Pick<Rule, 'remediation'> | undefined,
  fixOf: Assessment['fixOf'],
  pathWidth = 200,
): string {
  const steps = new Set<string>()
  let number = 0
  for (const result of results) {
    const operations = fixOf(result)
    if (!operations) return visible(rule?.remediation ?? '')
    const own = new Set(result.evidence.map(({ path }) => toPointer(path)))
    for (const operation of operations) {
      steps.add(describeOperation(operation, own, pathWidth))
      number++
    }
  }
  const [first, ...others] = steps
  if (first === undefined || others.length > 0) return visible(rule?.remediation ?? '')
  return number > 1 ? first.replace(/^(set|remove) it\b/, '$1 each') : first
}

/** One change; what stands at one of the pointers given is called `it`. */
function describeOperation(operation: Operation, named: ReadonlySet<string>, pathWidth: number): string {
  const { pointer, value } = innermost(operation)
  const what = named.has(pointer) ? 'it' : shortenPath(visible(pathOf(pointer)), pathWidth)
  return operation.op === 'remove' ? `remove ${what}` : `set ${what} to ${describeValue(value)}`
}

/** The place and value that an operation is about, below the objects that it only makes to reach there. */
function innermost(operation: Operation): { readonly pointer: string; readonly value?: unknown } {
  let pointer = operation.path
  if (operation.op === 'remove') return { pointer }
  let { value } = operation
  for (;;) {
    const names = isRecord(value) ? Object.keys(value) : []
    const [name] = names
    if (name === undefined || names.length > 1) return { pointer, value }
    pointer += toPointer([name])
    value = (value as Record<string, unknown>)[name]
  }
}

function pathOf(pointer: string): string {
  const segments = pointer
    .split('/')
    .slice(1)
    .map(one => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  return formatPath(segments.map(one => (/^\d+$/.test(one) ? Number(one) : one)))
}
