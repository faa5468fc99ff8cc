// Plan: a rule made ready to judge many subjects: its parameters resolved, its applicability decided, its lookups wired.

import type { Gap } from '../model/gap.ts'
import {
  formatKubernetesVersion,
  type KubernetesVersion,
  parseKubernetesVersion,
} from '../model/kubernetes-version.ts'
import { omit } from '../model/omit.ts'
import type { Occasion, Rule, RuleContext } from '../model/rule.ts'
import type { Severity } from '../model/severity.ts'
import { type FieldSet, fieldSet } from '../model/shape.ts'
import { declaredParameters, type Settings } from './parameters.ts'
import type { RecordingLookup } from './recording-lookup.ts'
import { hiddenBy, unjudged, type Verdict } from './rule-verdict.ts'

export interface Plan {
  readonly rule: Rule
  // Parts of the rule, kept here because all plans have one form in memory and rules have many: reading them is what judging costs.
  readonly violations: Rule['violations']
  readonly concerns: Rule['concerns']
  readonly unseen: Rule['unseen']
  /** Of a rule on pods: a pod with none of these fields has nothing that it finds, and need not be shown to it. */
  readonly faultFields: FieldSet | undefined
  readonly id: string
  readonly severity: Severity
  readonly judgesPods: boolean
  /** Whether it reads anything beyond its subject. */
  readonly looksUp: boolean
  readonly context: RuleContext
  readonly lookup: RecordingLookup
  /** The operating system it is limited to. */
  readonly os: string | undefined
  /** The verdict on every subject, where the rule makes no sense for this cluster or nobody knows whether it does. */
  readonly foregone: Verdict | undefined
  /** The parameters to report with each result: those that differ from the profile's. */
  readonly reported: Settings | undefined
}

/** Why the version of a cluster is not known. */
export type VersionGap = Gap & { readonly kind: 'Version' }

/** A plan for one rule with resolved parameters, in a cluster of that version, or of one that could not be read. */
export function planRule(
  rule: Rule,
  parameters: Settings,
  lookup: RecordingLookup,
  cluster: KubernetesVersion | VersionGap,
  occasion: Occasion,
  reported?: Settings,
): Plan {
  const foregone = isOutside(rule, occasion)
    ? unjudged('not-applicable', 'the rule is for running clusters, these are files')
    : isVersionGap(cluster)
      ? dependsOnVersion(rule, parameters)
        ? hiddenBy(cluster)
        : undefined
      : outsideVersions(rule, cluster)
  const passesBare = rule.subject === 'PodTemplate' && !rule.concerns && !foregone
  return {
    rule,
    violations: rule.violations.bind(rule),
    concerns: rule.concerns?.bind(rule),
    unseen: rule.unseen?.bind(rule),
    faultFields: passesBare && rule.faultFields ? fieldSet(rule.faultFields) : undefined,
    id: rule.id,
    severity: rule.severity,
    judgesPods: rule.subject === 'PodTemplate',
    looksUp: (rule.reads ?? []).length > 0,
    context: {
      parameters: parameters as RuleContext['parameters'],
      lookup,
      occasion: rule.dated ? occasion : withoutDay(rule, occasion),
    },
    lookup,
    os: rule.appliesTo?.os,
    foregone,
    reported,
  }
}

const isOutside = (rule: Rule, { scope }: Occasion) => rule.appliesTo?.clusters === true && scope === 'files'

/** A rule that reads the day without saying so would be wrong on the next, so it is an error at once. */
function withoutDay(rule: Rule, occasion: Occasion): Occasion {
  const rest = omit(occasion, 'day')
  return {
    ...rest,
    get day(): string {
      throw new Error(`rule ${rule.id} reads the day but does not declare that it is dated`)
    },
  }
}

export const isVersionGap = (cluster: KubernetesVersion | VersionGap): cluster is VersionGap =>
  'kind' in cluster

/** True where what a rule says differs between versions, and no parameter names one. */
const dependsOnVersion = (rule: Rule, parameters: Settings): boolean =>
  rule.appliesTo?.kubernetes !== undefined ||
  Object.entries(declaredParameters(rule)).some(
    ([name, { type }]) => type === 'kubernetes-version' && parameters[name] === undefined,
  )

function outsideVersions(rule: Rule, cluster: KubernetesVersion): Verdict | undefined {
  const { min, max } = rule.appliesTo?.kubernetes ?? {}
  const version = formatKubernetesVersion(cluster)
  if (min !== undefined && cluster.minor < minorOf(rule, min))
    return unjudged('not-applicable', `the rule is for Kubernetes ${min} and newer, this is ${version}`)
  if (max !== undefined && cluster.minor > minorOf(rule, max))
    return unjudged('not-applicable', `the rule is for Kubernetes up to ${max}, this is ${version}`)
  return undefined
}

function minorOf(rule: Rule, text: string): number {
  const version = parseKubernetesVersion(text)
  if (!version) throw new Error(`rule ${rule.id} applies to ${text}, which is no Kubernetes version`)
  return version.minor
}
