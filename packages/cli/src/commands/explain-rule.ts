// Explain rule: all about one rule: what holds, why, how to mend it, what it reads, who asks for it, and examples.

import type { Edition, ParameterDeclaration, Rule } from '@plimsoll/core'
import { visible, wrap, yamlText } from '@plimsoll/core'
import type { Paint } from '../terminal/colour.ts'
import { columnLines, paragraph } from './listing.ts'

/** The lines for a person. */
export function* ruleLines(
  rule: Rule,
  editions: readonly Edition[],
  width: number,
  paint: Paint,
): Generator<string> {
  const strong = (text: string) => paint('strong', text)
  const { id, severity, title, rationale, remediation, references = [] } = rule
  const off = rule.defaultEnabled === false ? '  off by default' : ''
  yield `${strong(id)}  ${paint(severity, severity)}${off}`
  for (const line of wrap(visible(title), width)) yield line
  yield ''
  yield* paragraph('Why', rationale, width, strong)
  yield* paragraph('How to mend it', remediation, width, strong)

  const facts = [
    ['judges', subjectOf(rule)],
    ...(rule.reads?.length ? [['reads too', rule.reads.join(', ')]] : []),
    ...(rule.appliesTo?.os ? [['applies to', `pods for ${rule.appliesTo.os}`]] : []),
    ...(versions(rule) ? [['Kubernetes', versions(rule)]] : []),
    ['fix', rule.fix ? 'a machine knows the change' : 'by hand'],
    ...(rule.admission ? [['admission', `the Pod Security check ${rule.admission.check}`]] : []),
    ...(rule.aliases?.length ? [['once named', rule.aliases.join(', ')]] : []),
    ...askedBy(rule, editions).map((text, i) => [i === 0 ? 'asked for by' : '', text]),
  ]
  yield* columnLines(facts, width, (text, column) => (column === 0 ? paint('faint', text) : text))
  yield ''

  const parameters = Object.entries((rule.parameters ?? {}) as Record<string, ParameterDeclaration>)
  if (parameters.length > 0) {
    yield strong('Parameters')
    for (const [name, { type, default: value, description }] of parameters) {
      yield `  ${name} (${type}, default ${JSON.stringify(value)})`
      for (const line of wrap(visible(description), width - 4)) yield `    ${line}`
    }
    yield ''
  }
  yield* exampleLines(rule, width, strong)
  if (references.length > 0) {
    yield strong('More')
    for (const reference of references) yield `  ${reference}`
  }
}

/** The same for a machine. */
export function ruleFacts(rule: Rule, editions: readonly Edition[]) {
  const { id, aliases = [], title, severity, rationale, remediation, references = [] } = rule
  return {
    id,
    aliases,
    title,
    severity,
    enabled: rule.defaultEnabled !== false,
    rationale,
    remediation,
    references,
    subject: rule.subject as string,
    kinds: rule.kinds ?? [],
    reads: rule.reads ?? [],
    appliesTo: rule.appliesTo ?? {},
    parameters: rule.parameters ?? {},
    fix: rule.fix !== undefined,
    ...(rule.admission && { admission: rule.admission.check }),
    controls: controlsAsking(rule, editions).map(({ edition, control }) => ({
      benchmark: edition.benchmark,
      edition: edition.edition,
      control,
    })),
    examples: rule.examples,
  }
}

function subjectOf({ subject, kinds }: Rule): string {
  if (subject === 'PodTemplate')
    return 'pods, and what makes them: Deployment, StatefulSet, DaemonSet, CronJob, Job …'
  const all: readonly string[] = kinds ?? [subject as string]
  return all.includes('*') ? 'resources of every kind' : all.join(', ')
}

function versions({ appliesTo }: Rule): string {
  const { min, max } = appliesTo?.kubernetes ?? {}
  return [min && `from ${min}`, max && `up to ${max}`].filter(Boolean).join(' ')
}

function controlsAsking(rule: Rule, editions: readonly Edition[]) {
  const names = new Set([rule.id, ...(rule.aliases ?? [])])
  return editions.flatMap(edition =>
    edition.controls
      .filter(control => control.rules.some(binding => names.has(binding.rule)))
      .map(control => ({ edition, control: control.id })),
  )
}

/** One line for each control of a family, with the first and last of its editions. */
function askedBy(rule: Rule, editions: readonly Edition[]): string[] {
  const found = new Map<string, string[]>()
  for (const { edition, control } of controlsAsking(rule, editions)) {
    const key = `${edition.benchmark}/${control}`
    found.set(key, [...(found.get(key) ?? []), edition.edition])
  }
  return [...found].map(([key, own]) =>
    own.length === 1 ? key.replace('/', `@${own[0]}/`) : `${key} (editions ${own[0]} to ${own.at(-1)})`,
  )
}

function* exampleLines(
  { examples }: Rule,
  width: number,
  strong: (text: string) => string,
): Generator<string> {
  const failing = Object.entries(examples.fail)
  const [first] = failing
  if (first) {
    const [name, { given, at }] = first
    yield `${strong('An example that fails')}: ${name}`
    for (const path of (at ?? []).slice(0, 3)) yield `  at ${path}`
    for (const line of yamlText(given).split('\n')) yield `    ${line}`
    yield ''
  }
  const names = (title: string, own: readonly string[]) =>
    own.length === 0 ? [] : [...paragraph(title, own.join('; '), width, strong)]
  yield* names(
    'It fails too for',
    failing.slice(1).map(([name]) => name),
  )
  yield* names('It passes for', Object.keys(examples.pass))
  yield* names('It does not apply to', Object.keys(examples.notApplicable ?? {}))
}
