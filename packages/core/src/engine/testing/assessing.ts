// Assessing: builds snapshots, small rules and assessments for the engine's tests.

import type { Assessment, Summary } from '../../model/assessment.ts'
import type { Control, Edition } from '../../model/benchmark.ts'
import type { Gap } from '../../model/gap.ts'
import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource, SourcedResource } from '../../model/resource.ts'
import type { Result } from '../../model/result.ts'
import type { Rule, RuleContext, Violation } from '../../model/rule.ts'
import type { Severity } from '../../model/severity.ts'
import type { Scope, Snapshot } from '../../model/snapshot.ts'
import { type AssessInput, assess } from '../assess.ts'

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The resources with a place each; copies, since an assessment removes nulls from what it reads. */
export function sourced(resources: readonly Resource[], file = 'all.yaml'): SourcedResource[] {
  return resources.map((resource, index) => ({
    resource: copied(resource),
    source: { file, document: index, line: index * 10 + 1 },
  }))
}

const scopes: Readonly<Record<'files' | 'cluster', Scope>> = {
  files: { type: 'files', id: 'files', name: 'manifests/' },
  cluster: { type: 'cluster', id: 'c1', name: 'test cluster', kubernetesVersion: '1.34.4' },
}

function snapshot(scope: Scope, resources: readonly Resource[], gaps: readonly Gap[]): Snapshot {
  return {
    scope,
    collector: { name: 'test', version: '1.0.0' },
    takenAt: '2026-03-01T12:00:00Z',
    resources:
      scope.type === 'files'
        ? sourced(resources)
        : resources.map(resource => ({
            resource: copied(resource),
            source: { file: 'https://127.0.0.1:6443', document: 0 },
          })),
    gaps,
  }
}

export const filesWith = (resources: readonly Resource[], gaps: readonly Gap[] = []): Snapshot =>
  snapshot(scopes.files, resources, gaps)

export const clusterWith = (resources: readonly Resource[], gaps: readonly Gap[] = []): Snapshot =>
  snapshot(scopes.cluster, resources, gaps)

/** A gap on a kind, as a collector without the permission leaves it. */
export const forbidden = (kind: string, namespace?: string): Gap => ({
  scope: 'cluster',
  kind,
  ...(namespace !== undefined && { namespace }),
  reason: 'forbidden',
  detail: `may not list ${kind}`,
})

/** A file that could not be read: it may hold anything. */
export const unreadableFile: Gap = {
  scope: 'broken.yaml',
  reason: 'unparsable',
  detail: 'broken.yaml cannot be read',
  line: 3,
  column: 1,
}

export interface Run {
  readonly assessment: Assessment
  readonly results: readonly Result[]
  readonly summary: Summary
}

/** Runs an assessment to its end. */
export function run(input: Pick<AssessInput, 'snapshot' | 'rules'> & Partial<AssessInput>): Run {
  const assessment = assess({
    editions: [],
    now: '2026-03-01T12:00:00Z',
    tool: { name: 'plimsoll', version: '0.0.0' },
    ...input,
  })
  const results = [...assessment.results()]
  return { assessment, results, summary: assessment.summary() }
}

/** `rule resource[discriminator] outcome`, one line a result, for short expectations. */
export function lines(results: readonly Result[]): string[] {
  return results.map(({ rule, resource, discriminator, outcome }) =>
    [rule, `${resource}${discriminator === undefined ? '' : `[${discriminator}]`}`, outcome].join(' '),
  )
}

/** A rule of which only what matters to a test is given. */
export function ruleThat<S extends PodTemplate | Resource = PodTemplate>(
  id: string,
  violations: (subject: S, context: RuleContext) => Iterable<Violation>,
  parts: Partial<Omit<Rule, 'violations' | 'concerns'>> & {
    readonly concerns?: (subject: S) => boolean
  } = {},
): Rule {
  return {
    id,
    title: id,
    severity: 'high',
    subject: 'PodTemplate',
    rationale: '',
    remediation: '',
    violations,
    examples: { fail: {}, pass: {} },
    ...parts,
  }
}

/** Fails each container that runs privileged. */
export const privileged: Rule = ruleThat(
  'privileged',
  function* (pod): Generator<Violation> {
    for (const container of pod.containers)
      if (container.securityContext?.privileged === true)
        yield {
          path: `${container.path}.securityContext.privileged`,
          actual: true,
          expected: 'false',
          discriminator: container.name,
        }
  },
  { severity: 'critical' },
)

export function control(id: string, rules: readonly string[], parts: Partial<Control> = {}): Control {
  return {
    id,
    section: '1',
    title: id,
    automated: true,
    severity: 'high' satisfies Severity,
    rules: rules.map(rule => ({ rule })),
    ...parts,
  }
}

export function edition(...controls: readonly Control[]): Edition {
  return { benchmark: 'test', edition: '1.0', title: 'Test', source: 'test', sections: [], controls }
}
