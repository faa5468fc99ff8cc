// Explain: `plimsoll explain`: what a rule, a control or a reason for a gap means, why it matters and how to mend it.

import {
  type Attempt,
  type Control,
  type Edition,
  type GapReason,
  gapReasons,
  refuse,
  succeed,
  unknownId,
  wrap,
} from '@plimsoll/core'
import { deciders } from './benchmarks.ts'
import { findEdition, findRule, ruleIds } from './choose.ts'
import { ruleFacts, ruleLines } from './explain-rule.ts'
import { gapExplanations } from './gap-reasons.ts'
import type { Catalogue, ExitCode, GlobalFlags, Kit } from './kit.ts'
import { paragraph, writeJson, writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'

/** Explains a rule by its id, a control as `benchmark[@edition]/control`, or a reason for a gap. */
export async function explain(kit: Kit, id: string, flags: GlobalFlags): Promise<ExitCode> {
  const catalogue = await kit.loadCatalogue()
  const { host } = kit
  const voice = voiceOf(kit, flags)
  const isJson = flags.output === 'json'
  const strong = (text: string) => voice.paint('strong', text)

  const rule = findRule(catalogue.rules, id)
  if (rule) {
    if (isJson) await writeJson(host.out, ruleFacts(rule, catalogue.editions))
    else await writeLines(host.out, ruleLines(rule, catalogue.editions, host.width, voice.paint))
    return 0
  }
  const reason = gapReasons.find(one => one === id)
  if (reason) {
    if (isJson) await writeJson(host.out, { reason, ...gapExplanations[reason] })
    else await writeLines(host.out, gapLines(reason, host.width, strong))
    return 0
  }
  const control = findControl(catalogue, id)
  if (!control.ok) return sayProblems(control.problems, voice)
  if (isJson) {
    const { edition, control: own } = control.value
    await writeJson(host.out, { benchmark: edition.benchmark, edition: edition.edition, ...own })
  } else await writeLines(host.out, controlLines(control.value, host.width, strong))
  return 0
}

/** `plimsoll rules show`: as explain, of rules only. */
export async function showRule(kit: Kit, id: string, flags: GlobalFlags): Promise<ExitCode> {
  const { rules } = await kit.loadCatalogue()
  if (findRule(rules, id)) return await explain(kit, id, flags)
  const message = unknownId('rule', id, ruleIds(rules))
  return sayProblems([{ code: 'unknown-id', message }], voiceOf(kit, flags))
}

interface FoundControl {
  readonly edition: Edition
  readonly control: Control
}

function findControl({ rules, editions }: Catalogue, id: string): Attempt<FoundControl> {
  const slash = id.indexOf('/')
  if (slash < 0) {
    const families = editions.map(({ benchmark }) => benchmark)
    const known = [...ruleIds(rules), ...gapReasons]
    const isFamily = families.includes(id.split('@', 1)[0] as string)
    const message = isFamily
      ? `${id} is a benchmark: plimsoll benchmarks show ${id} lists its controls, plimsoll explain ${id}/CONTROL explains one`
      : withControlHint(id, known)
    return refuse({ code: 'unknown-id', message })
  }
  const edition = findEdition(editions, id.slice(0, slash))
  if (!edition.ok) return edition
  const wanted = id.slice(slash + 1)
  const control = edition.value.controls.find(one => one.id === wanted)
  if (control) return succeed({ edition: edition.value, control })
  const { benchmark, edition: name, controls } = edition.value
  const what = `control of ${benchmark}@${name}`
  return refuse({
    code: 'unknown-id',
    message: unknownId(
      what,
      wanted,
      controls.map(one => one.id),
    ),
  })
}

function withControlHint(id: string, known: readonly string[]): string {
  const message = unknownId('rule or reason', id, known)
  return `${message}${message.endsWith('?') ? '' : ';'} a control is named as benchmark/control, such as pss-baseline/privileged`
}

function* gapLines(reason: GapReason, width: number, strong: (text: string) => string): Generator<string> {
  const { what, mend } = gapExplanations[reason]
  yield `${strong(reason)}  a reason for a gap`
  yield ''
  yield* paragraph('What it means', what, width, strong)
  yield* paragraph('What follows', consequence, width, strong)
  yield* paragraph('What to do', mend, width, strong)
}

const consequence =
  'Rules that read what is missing are not evaluated: they neither pass nor fail. Controls and scores say so, and a scan that ' +
  'found nothing else ends with exit code 3, or 2 where a file could not be parsed.'

function* controlLines(
  { edition, control }: FoundControl,
  width: number,
  strong: (text: string) => string,
): Generator<string> {
  const { benchmark, edition: name, title } = edition
  yield `${strong(`${benchmark}@${name}/${control.id}`)}  ${control.severity}`
  for (const line of wrap(control.title, width)) yield line
  yield ''
  yield `benchmark: ${title}`
  yield `section:   ${control.section}${control.level ? `, level ${control.level}` : ''}, labelled ${control.automated ? 'automated' : 'manual'}`
  yield ''
  yield* paragraph('Decided by', deciders(control), width, strong)
  if (control.remediation !== undefined)
    yield* paragraph('How to meet it', control.remediation, width, strong)
  if (control.rules.length > 0) yield 'plimsoll explain RULE tells why each matters and how to mend it.'
}
