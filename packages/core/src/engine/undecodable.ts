// Undecodable: the gap left by an object with a value of a type that the API server would refuse.

import { nameOf, namespaceOf } from '../kube/asset-key.ts'
import { formatPath } from '../kube/path.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource, Source } from '../model/resource.ts'
import type { ShapeProblem } from '../model/shape.ts'

/** The gap of one resource, where it came from. One whose namespace cannot be told may be of any. */
export function undecodable(resource: Resource, source: Source | undefined, problem: ShapeProblem): Gap {
  const namespace = problem.path.join('.') === 'metadata.namespace' ? '' : namespaceOf(resource)
  const path = formatPath(problem.path)
  return {
    scope: source?.file ?? 'files',
    kind: resource.kind,
    ...(namespace !== '' && { namespace }),
    reason: 'unparsable',
    ...(source?.line !== undefined && { line: source.line }),
    detail:
      `${[resource.kind, nameOf(resource)].join(' ').trimEnd()} cannot be decoded: ${path} must be ${problem.expected}` +
      `, not ${describe(problem.actual)}; no rule could judge it`,
  }
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
