// Makes an edition of its list: titles, remediations and answers are those of its requirements; computed on first use.

import type { Control, Edition } from '../../../model/benchmark.ts'
import { answerTo, type Distribution } from '../answers/answer.ts'
import { partOf, requirementOf } from '../requirements/table.ts'
import type { ControlList, ListedSection, Row } from './control-list.ts'

export interface EditionHead
  extends Pick<Edition, 'benchmark' | 'edition' | 'title' | 'source' | 'kubernetes'> {
  /** The distributions that it is written for; the first decides where an answer differs. */
  readonly distributions?: readonly Distribution[]
}

export function makeEdition(head: EditionHead, list: ControlList): Edition {
  return lazyEdition(head, () => {
    const sections = list()
    return {
      sections: sections.map(({ id, title }) => ({ id, title })),
      controls: sections.flatMap(section => controlsOf(section, head.distributions?.[0])),
    }
  })
}

/** An edition that computes its sections and controls when first asked for one of them: most runs use one edition of a hundred. */
export function lazyEdition(
  head: EditionHead,
  compute: () => Pick<Edition, 'sections' | 'controls'>,
): Edition {
  let computed: ReturnType<typeof compute> | undefined
  const body = () => {
    computed ??= compute()
    return computed
  }
  return {
    ...head,
    get sections() {
      return body().sections
    },
    get controls() {
      return body().controls
    },
  }
}

function controlsOf(section: ListedSection, distribution: Distribution | undefined): Control[] {
  return section.rows.map((row, index) => control(row, index, section.id, distribution))
}

function control(
  { id, key, label }: Row,
  index: number,
  section: string,
  distribution: Distribution | undefined,
): Control {
  const level = Number(label[1] ?? 0)
  const part = partOf(key)
  return {
    id: id ?? `${section}.${index + 1}`,
    section,
    ...requirementOf(key),
    automated: label.startsWith('A'),
    ...(level > 0 && { level: level as 1 | 2 }),
    ...answerTo(key, distribution),
    requirement: key,
    ...(part && { part }),
  }
}
