// SARIF: the report for code scanning (SARIF 2.1.0, OASIS), written piece by piece: failures as results, gaps as notifications.

import type { Invocation } from 'sarif'
import type { Assessment } from '../../model/assessment.ts'
import { isListed, resultsByResource, withLines } from '../listing.ts'
import type { ReportOptions } from '../options.ts'
import { watchUnjudged } from '../unjudged.ts'
import { noticesOf, unjudgedNotices } from './notifications.ts'
import { type SarifRules, sarifResult } from './results.ts'
import { describeRule, notificationDescriptors } from './rules.ts'

/**
 * The report as text. Only failures are results: readers exist that take a result of any kind for one. `executionSuccessful` is false
 * where something was not evaluated and the caller has not accepted that.
 */
export function* sarifReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const rules: SarifRules = {
    index: new Map(options.rules.map(({ id }, index) => [id, index])),
    byId: new Map(options.rules.map(rule => [rule.id, rule])),
  }
  const driver = {
    name: assessment.tool.name,
    version: assessment.tool.version,
    semanticVersion: assessment.tool.version,
    rules: options.rules.map(describeRule),
    notifications: notificationDescriptors,
  }
  yield '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n'
  yield `"tool": ${JSON.stringify({ driver })},\n`
  yield '"columnKind": "utf16CodeUnits",\n"results": ['
  const unjudged = watchUnjudged()
  let separator = '\n'
  for (const { entry, results } of resultsByResource(assessment, {})) {
    for (const result of results) unjudged.note(result)
    const failures = results.filter(result => result.outcome === 'fail' && isListed(result, options))
    if (!entry || failures.length === 0) continue
    let text = ''
    for (const result of withLines(entry, failures, options.locate)) {
      text += separator + JSON.stringify(sarifResult(result, entry, rules))
      separator = ',\n'
    }
    yield text
  }
  yield '\n],\n'
  const summary = assessment.summary()
  const notifications = [...noticesOf(summary), ...unjudgedNotices(unjudged.list(), rules)]
  const invocation: Invocation = {
    executionSuccessful: options.allowGaps === true || !notifications.some(({ level }) => level === 'error'),
    startTimeUtc: assessment.startedAt,
    endTimeUtc: options.now(),
    toolExecutionNotifications: notifications,
  }
  yield `"invocations": ${JSON.stringify([invocation])},\n`
  yield `"properties": ${JSON.stringify({ scope: assessment.scope, score: summary.scores })}\n}]\n}\n`
}
