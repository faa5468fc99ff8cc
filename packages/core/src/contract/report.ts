// Report: the types of the published JSON report, schema version 1; report.schema.json says the same to other languages.

import type { GapReason } from '../model/gap.ts'
import type { Outcome } from '../model/outcome.ts'
import type { AdmissionDenial, AppliedException } from '../model/result.ts'
import type { Severity } from '../model/severity.ts'

export const reportSchemaVersion = 1

export interface JsonRule {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly remediation: string
}

export interface JsonResource {
  readonly key: string
  readonly apiVersion: string
  readonly kind: string
  /** Empty for cluster-wide kinds. */
  readonly namespace: string
  readonly name: string
  readonly source: {
    readonly file: string
    readonly document: number
    readonly line?: number
    readonly item?: string
    readonly template?: string
  }
}

export interface JsonEvidence {
  readonly path: string
  /** Null where nothing is there: in the Kubernetes API the two are the same. */
  readonly actual: unknown
  readonly expected: string
  readonly line?: number
  readonly column?: number
}

export interface JsonResult {
  readonly rule: string
  readonly severity: Severity
  readonly outcome: Outcome
  /** Null where the verdict is about what could not be listed. */
  readonly resource: string | null
  readonly discriminator?: string
  readonly reason?: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly evidence: readonly JsonEvidence[]
  readonly admission?: AdmissionDenial
  readonly exception?: AppliedException
  readonly change?: 'new' | 'unchanged'
}

export interface JsonControl {
  readonly benchmark: string
  readonly edition: string
  readonly control: string
  readonly title: string
  readonly section: string
  readonly automated: boolean
  readonly severity: Severity
  readonly rules: readonly string[]
  readonly outcome: Outcome
  readonly reason?: string
  readonly passed: number
  readonly failed: number
  readonly excepted: number
  readonly notEvaluated: number
  readonly notApplicable: number
  /** True where gaps hide an unknown number of subjects. */
  readonly unbounded: boolean
}

export interface JsonScore {
  readonly benchmark: string
  readonly edition: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly evaluated: number
  readonly notEvaluated: number
}

export interface JsonGap {
  readonly scope: string
  /** Null where any kind may be hidden. */
  readonly kind: string | null
  readonly namespace?: string
  readonly reason: GapReason
  readonly detail: string
  readonly line?: number
  readonly column?: number
}

/** A whole report. Readers must ignore keys that they do not know: keys may be added, none is taken away or changed. */
export interface JsonReport {
  readonly schemaVersion: typeof reportSchemaVersion
  readonly tool: { readonly name: string; readonly version: string }
  readonly scope: {
    readonly type: 'files' | 'cluster'
    readonly id: string
    readonly name: string
    readonly kubernetesVersion?: string
    readonly provider?: string
    readonly distribution?: string
  }
  readonly startedAt: string
  readonly rules: readonly JsonRule[]
  readonly resources: readonly JsonResource[]
  readonly results: readonly JsonResult[]
  readonly controls: readonly JsonControl[]
  readonly score: readonly JsonScore[]
  readonly gaps: readonly JsonGap[]
  readonly exceptions: readonly { readonly id: string; readonly state: string; readonly message: string }[]
  readonly fixed: readonly {
    readonly rule: string
    readonly resource: string
    readonly discriminator?: string
  }[]
  /** Results by outcome, whatever was filtered; failures that an exception covers are under `excepted` instead of `fail`. */
  readonly counts: Readonly<Record<Outcome | 'excepted', number>>
  readonly finishedAt: string
}
