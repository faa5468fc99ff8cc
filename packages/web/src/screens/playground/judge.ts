// Judge: what the catalogue says of a pasted text: failures by line with their fixes, what was not decided, and what cannot be read.

import {
  assess,
  type Edition,
  type Evidence,
  formatPath,
  type Gap,
  isRecord,
  type ObjectDocument,
  type Outcome,
  parsePath,
  type Result,
  type Rule,
  readDocuments,
  type Severity,
  type SourcedResource,
  severities,
  slimResource,
  yamlText,
} from '@plimsoll/core'
import { type Operation, patched } from '../../parts/object-text.ts'

export interface Question {
  readonly text: string
  /** `benchmark@edition`: only what its controls need is judged; all rules that are on where it is undefined. */
  readonly edition: string | undefined
  /** ISO 8601. */
  readonly now: string
}

export interface Catalogue {
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
}

/** What cannot be read, and where. */
export interface Unread {
  readonly line: number
  readonly column?: number
  readonly message: string
}

export interface Verdict {
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly outcome: Outcome
  /** What it is about, for people. */
  readonly subject: string
  /** Of the first thing at fault, or of the object. */
  readonly line: number
  readonly reason: string | undefined
  readonly evidence: readonly Evidence[]
  readonly rationale: string
  readonly remediation: string
  /** The object as it is and as its fix leaves it, where a machine knows one. */
  readonly fix: { readonly before: string; readonly after: string } | undefined
}

export interface Answer {
  readonly objects: number
  readonly passed: number
  readonly failures: readonly Verdict[]
  /** Neither passed nor failed, by line. */
  readonly undecided: readonly Verdict[]
  readonly unread: readonly Unread[]
  /** Of the edition chosen: its controls by outcome. */
  readonly controls: Readonly<Partial<Record<Outcome, number>>> | undefined
}

const file = 'pasted'
const nowhere = { line: 1, text: '', resource: undefined, document: undefined }

export function judge({ text, edition, now }: Question, { rules, editions }: Catalogue): Answer {
  const { resources, documents, unread } = readText(text)
  const chosen = editions.filter(one => `${one.benchmark}@${one.edition}` === edition)
  const assessment = assess({
    snapshot: {
      scope: { type: 'files', id: 'files', name: file },
      collector: { name: 'playground', version: '1' },
      takenAt: now,
      resources,
      gaps: unread.map(gapOf),
    },
    rules,
    editions: chosen,
    ...(chosen.length > 0 && { asked: [] }),
    now,
    tool: { name: 'playground', version: '1' },
  })
  const byPlace = new Map(
    resources.map(({ resource, source }, index) => [
      placeKey(source),
      { resource, document: documents[index], line: source.line ?? 1 },
    ]),
  )
  const subjects = new Map(
    assessment.resources.map(({ key, kind, namespace, name, source }) => [
      key,
      {
        ...nowhere,
        ...byPlace.get(placeKey(source)),
        text: `${kind} ${[namespace, name].filter(Boolean).join('/')}`,
      },
    ]),
  )
  const ruleOf = new Map(rules.map(rule => [rule.id, rule]))

  const verdictOf = (result: Result): Verdict => {
    const rule = ruleOf.get(result.rule)
    const { resource, document, line, text } = subjects.get(result.resource ?? '') ?? nowhere
    const evidence = located(result.evidence, document)
    const operations = result.outcome === 'fail' ? assessment.fixOf(result) : undefined
    const after = resource && operations && patched(resource, operations as readonly Operation[])
    return {
      rule: result.rule,
      title: rule?.title ?? result.rule,
      severity: result.severity,
      outcome: result.outcome,
      subject: [text, result.discriminator].filter(Boolean).join(' · '),
      line: evidence[0]?.line ?? line,
      reason: result.reason ?? result.gap?.detail,
      evidence,
      rationale: rule?.rationale ?? '',
      remediation: rule?.remediation ?? '',
      fix: after === undefined ? undefined : { before: yamlText(resource), after: yamlText(after) },
    }
  }

  const failures: Verdict[] = []
  const undecided: Verdict[] = []
  let passed = 0
  for (const result of assessment.results())
    if (result.outcome === 'pass') passed++
    else if (result.outcome === 'fail') failures.push(verdictOf(result))
    else if (result.outcome !== 'not-applicable') undecided.push(verdictOf(result))
  const controls: Partial<Record<Outcome, number>> = {}
  for (const { outcome } of assessment.summary().controls) controls[outcome] = (controls[outcome] ?? 0) + 1
  return {
    objects: resources.length,
    passed,
    failures: failures.sort(byLine),
    undecided: undecided.sort(byLine),
    unread,
    controls: chosen.length > 0 ? controls : undefined,
  }
}

function readText(text: string) {
  const resources: SourcedResource[] = []
  const documents: ObjectDocument[] = []
  const unread: Unread[] = []
  for (const document of readDocuments(text)) {
    if ('failure' in document) {
      unread.push(document.failure)
      continue
    }
    const { object, index, item, line } = document
    for (const { path, line: at, column } of document.duplicateKeys)
      unread.push({ line: at, column, message: `the key ${formatPath(path)} comes twice` })
    const metadata = object.metadata ?? {}
    if (!isRecord(metadata)) {
      unread.push({ line, message: `the metadata of a ${object.kind} must be a mapping` })
      continue
    }
    const source = { file, document: index, line, ...(item.length > 0 && { item: formatPath(item) }) }
    resources.push({ resource: slimResource({ ...object, metadata }), source })
    documents.push(document)
  }
  return { resources, documents, unread }
}

const gapOf = ({ line, column, message }: Unread): Gap => ({
  scope: file,
  reason: 'unparsable',
  detail: `line ${line}: ${message}`,
  line,
  ...(column !== undefined && { column }),
})

const placeKey = ({ document, item = '' }: { readonly document: number; readonly item?: string }) =>
  `${document} ${item}`

function located(evidence: readonly Evidence[], document: ObjectDocument | undefined): Evidence[] {
  const places = document?.locate(evidence.map(({ path }) => parsePath(path))) ?? []
  return evidence.map((one, index) => {
    const place = places[index]?.key ?? places[index]
    return place ? { ...one, line: place.line, column: place.column } : one
  })
}

const byLine = (a: Verdict, b: Verdict) =>
  a.line - b.line || severities.indexOf(a.severity) - severities.indexOf(b.severity)
