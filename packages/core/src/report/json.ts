// JSON: the report for machines, in its published form, written piece by piece so that it may be larger than memory.

import {
  type JsonControl,
  type JsonEvidence,
  type JsonGap,
  type JsonResource,
  type JsonResult,
  type JsonRule,
  reportSchemaVersion,
} from '../contract/report.ts'
import type { Assessment, ControlResult, ResourceEntry } from '../model/assessment.ts'
import type { Gap } from '../model/gap.ts'
import type { Evidence, Result } from '../model/result.ts'
import type { Rule } from '../model/rule.ts'
import { resultsByResource, withLines } from './listing.ts'
import type { ReportOptions } from './options.ts'

/** The report as text, one result a line. What is only known at the end (controls, score, gaps) stands at the end. */
export function* jsonReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const { tool, scope, startedAt } = assessment
  yield `{\n${member('schemaVersion', reportSchemaVersion)},\n${member('tool', tool)},\n${member('scope', scope)},\n`
  yield `${member('startedAt', startedAt)},\n`
  yield* list('rules', options.rules.map(ruleOf))
  yield ',\n'
  yield* list('resources', map(assessment.resources, resourceOf))
  yield ',\n"results": ['
  let separator = '\n'
  for (const { entry, results } of resultsByResource(assessment, options)) {
    let text = ''
    const key = JSON.stringify(entry?.key ?? null)
    for (const result of withLines(entry, results, options.locate)) {
      text += separator + (isPlainPass(result) ? plainPass(result, key) : JSON.stringify(resultOf(result)))
      separator = ',\n'
    }
    yield text
  }
  yield '\n],\n'
  const summary = assessment.summary()
  yield* list('controls', summary.controls.map(controlOf))
  yield ',\n'
  yield* list('score', summary.scores)
  yield ',\n'
  yield* list('gaps', summary.gaps.map(gapOf))
  yield ',\n'
  yield* list('exceptions', summary.exceptions)
  yield ',\n'
  yield* list('fixed', summary.fixed)
  yield `,\n${member('counts', summary.counts)},\n${member('finishedAt', options.now())}\n}\n`
}

const member = (key: string, value: unknown) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`

function* list(key: string, items: Iterable<unknown>): Generator<string> {
  yield `${JSON.stringify(key)}: [`
  let separator = '\n'
  for (const item of items) {
    yield separator + JSON.stringify(item)
    separator = ',\n'
  }
  yield '\n]'
}

function* map<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item)
}

const ruleOf = ({ id, title, severity, remediation }: Rule): JsonRule => ({
  id,
  title,
  severity,
  remediation,
})

function resourceOf({ key, apiVersion, kind, namespace, name, source }: ResourceEntry): JsonResource {
  const { file, document, line, item, template } = source
  return {
    key,
    apiVersion,
    kind,
    namespace,
    name,
    source: {
      file,
      document,
      ...(line !== undefined && { line }),
      ...(item !== undefined && { item }),
      ...(template !== undefined && { template }),
    },
  }
}

/** A pass with nothing more to say: most results are, so their text is made without an object for each. */
function isPlainPass({ outcome, discriminator, reason, parameters, change, resource }: Result): boolean {
  const hasMore = discriminator ?? reason ?? parameters ?? change
  return outcome === 'pass' && hasMore === undefined && resource !== null
}

function plainPass({ rule, severity }: Result, key: string): string {
  return `{"rule":${JSON.stringify(rule)},"severity":"${severity}","outcome":"pass","resource":${key},"evidence":[]}`
}

function resultOf(result: Result): JsonResult {
  const { rule, severity, outcome, resource, discriminator, reason, parameters, evidence } = result
  const { admission, exception, change } = result
  return {
    rule,
    severity,
    outcome,
    resource,
    ...(discriminator !== undefined && { discriminator }),
    ...(reason !== undefined && { reason }),
    ...(parameters && { parameters }),
    evidence: evidence.map(evidenceOf),
    ...(admission && { admission }),
    ...(exception && { exception }),
    ...(change && { change }),
  }
}

function evidenceOf({ path, actual, expected, line, column }: Evidence): JsonEvidence {
  return {
    path,
    actual: actual ?? null,
    expected,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}

function controlOf({ control, benchmark, edition, outcome, reason, ...numbers }: ControlResult): JsonControl {
  const { passed, failed, excepted, notEvaluated, notApplicable, unbounded } = numbers
  return {
    benchmark,
    edition,
    control: control.id,
    title: control.title,
    section: control.section,
    automated: control.automated,
    severity: control.severity,
    rules: [...new Set(control.rules.map(binding => binding.rule))],
    outcome,
    ...(reason !== undefined && { reason }),
    passed,
    failed,
    excepted,
    notEvaluated,
    notApplicable,
    unbounded,
  }
}

function gapOf({ scope, kind, namespace, reason, detail, line, column }: Gap): JsonGap {
  return {
    scope,
    kind: kind ?? null,
    ...(namespace !== undefined && { namespace }),
    reason,
    detail,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}
