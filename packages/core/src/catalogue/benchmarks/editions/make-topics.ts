// Makes an edition of topics: controls too broad for one requirement, each answered by what answers the requirements it is made of.

import type { Control, Edition, RuleBinding, Undecided } from '../../../model/benchmark.ts'
import { answerTo, attested, binding, type Distribution, notAsked, notRead } from '../answers/answer.ts'
import type { Requirement } from '../requirements/requirement.ts'
import type { RequirementKey } from '../requirements/table.ts'
import { type EditionHead, lazyEdition } from './make-edition.ts'

export interface Topic extends Requirement {
  /** By which the same topic of other editions is known; else it is the benchmark and the id. */
  readonly key?: string
  /** The requirements that it is made of. */
  readonly of?: readonly RequirementKey[]
  /** Rules beyond those of the requirements. */
  readonly rules?: readonly (string | RuleBinding)[]
  /** What a collector of nodes would read. */
  readonly onNodes?: string
  /** What a collector would ask the cloud for. */
  readonly inCloud?: string
  /** What is left for a person to attest where the rules pass. */
  readonly attest?: string
  /** What only a person can attest; said where nothing else answers it. */
  readonly manual?: string
}

/** Topics by id, by heading: the section’s id and title. */
export type Topics = Readonly<Record<string, Readonly<Record<string, Topic>>>>

/** The edition; its controls are automated where anything but a person may answer them. */
export function makeTopics(head: EditionHead, topics: () => Topics): Edition {
  return lazyEdition(head, () => {
    const sections = Object.entries(topics()).map(([heading, own]) => {
      const space = heading.indexOf(' ')
      return { id: heading.slice(0, space), title: heading.slice(space + 1), own }
    })
    return {
      sections: sections.map(({ id, title }) => ({ id, title })),
      controls: sections.flatMap(({ id: section, own }) =>
        Object.entries(own).map(([id, topic]) =>
          control(id, section, topic, topic.key ?? `${head.benchmark}.${id}`, head.distributions?.[0]),
        ),
      ),
    }
  })
}

function control(
  id: string,
  section: string,
  topic: Topic,
  requirement: string,
  distribution?: Distribution,
): Control {
  const { title, severity, remediation } = topic
  const answers = (topic.of ?? []).map(key => answerTo(key, distribution))
  const rules = distinctRules([
    ...answers.flatMap(answer => answer.rules),
    ...(topic.rules ?? []).map(binding),
  ])
  const open = [
    ...answers.flatMap(({ undecided }) => undecided ?? []),
    ...(topic.onNodes === undefined ? [] : [notRead('node', topic.onNodes)]),
    ...(topic.inCloud === undefined ? [] : [notAsked(topic.inCloud)]),
    ...(topic.attest === undefined ? [] : [attested(topic.attest)]),
  ]
  const undecided = merged(open) ?? (topic.manual === undefined ? undefined : attested(topic.manual))
  return {
    id,
    section,
    title,
    severity,
    remediation,
    automated: topic.manual === undefined,
    rules,
    ...(undecided && { undecided }),
    requirement,
  }
}

function distinctRules(bindings: readonly RuleBinding[]): RuleBinding[] {
  return [...new Map(bindings.map(one => [JSON.stringify(one), one])).values()]
}

const collectors = ['node', 'cloud', 'control-plane'] as const

/** One for all: it waits for the first collector of which any waits, and says what all of them lack. */
function merged(open: readonly Undecided[]): Undecided | undefined {
  const waiting = open.filter(one => 'notCollected' in one)
  const notCollected = collectors.find(collector => waiting.some(one => one.notCollected === collector))
  if (notCollected !== undefined)
    return { notCollected, why: [...new Set(waiting.map(({ why }) => why))].join('; ') }
  const manual = open.flatMap(one => ('manual' in one ? [one.manual] : []))
  return manual.length > 0 ? { manual: [...new Set(manual)].join('; ') } : undefined
}
