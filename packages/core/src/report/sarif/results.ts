// SARIF results: failures, with their evidence, fingerprints, suppressions and what a baseline says of them.

import type { Result as SarifResult, Suppression } from 'sarif'
import type { ResourceEntry } from '../../model/assessment.ts'
import type { AppliedException, Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import { describeEvidence, describeParameters, describeResource } from '../describe.ts'
import { fingerprint } from '../fingerprint.ts'
import { visible } from '../text.ts'
import { locationOf } from './locations.ts'
import { levels } from './rules.ts'

export interface SarifRules {
  readonly index: ReadonlyMap<string, number>
  readonly byId: ReadonlyMap<string, Rule>
}

/** One failure. */
export function sarifResult(result: Result, entry: ResourceEntry, rules: SarifRules): SarifResult {
  const { rule, severity, evidence, exception, change, discriminator, admission } = result
  const ruleIndex = rules.index.get(rule)
  const mark = fingerprint(result)
  const [first, ...others] = evidence
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    kind: 'fail',
    level: levels[severity],
    message: { text: messageOf(result, entry, rules.byId.get(rule)) },
    locations: [locationOf(entry, first)],
    ...(others.length > 0 && {
      relatedLocations: others.map((one, id) => ({
        id,
        ...locationOf(entry, one),
        message: { text: describeEvidence(one) },
      })),
    }),
    // The second is the one that GitHub reads.
    partialFingerprints: { 'plimsollFinding/v1': mark, primaryLocationLineHash: `${mark}:1` },
    ...(exception && { suppressions: [suppressionOf(exception)] }),
    ...(change && { baselineState: change }),
    properties: {
      severity,
      resource: result.resource,
      ...(discriminator !== undefined && { discriminator }),
      ...(admission && { admission }),
    },
  }
}

function messageOf(result: Result, entry: ResourceEntry, rule: Rule | undefined): string {
  const { discriminator, evidence, reason } = result
  const told = describeParameters(result)
  const where = [
    describeResource(entry),
    discriminator !== undefined && visible(discriminator),
    reason !== undefined && visible(reason),
  ]
  const lead = `${rule?.title ?? result.rule}${told && ` (${told})`}: ${where.filter(Boolean).join(', ')}`
  return [lead, ...evidence.slice(0, 20).map(one => describeEvidence(one))].join('\n')
}

function suppressionOf({ id, owner, reason, expires }: AppliedException): Suppression {
  return {
    kind: 'external',
    status: 'accepted',
    justification: visible(`${reason}, accepted by ${owner} until ${expires} (${id})`),
  }
}
