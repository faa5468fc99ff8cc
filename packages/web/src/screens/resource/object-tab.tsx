// Object tab: the object as YAML, with what was found marked at its lines.

import type { Finding, WholeResource } from '@plimsoll/core/contract/client'
import { useQueries } from '@tanstack/react-query'
import { atPart } from '../../data/as-of.ts'
import { thing, useThing } from '../../data/read.ts'
import { severities } from '../../parts/badges.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { yamlText } from '../../parts/object-text.ts'
import { marksOf } from '../../parts/remediation.tsx'
import { Partial, Read } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import type { MarkedLine } from '../../parts/yaml-view.tsx'
import { YamlView } from '../../parts/yaml-view.tsx'
import styles from './resource.module.css'

/** Findings whose evidence is read to be marked; a resource rarely has more. */
const most = 60

interface ObjectTabProps {
  readonly resource: WholeResource
  readonly findings: readonly Finding[]
  /** The day or instant that is shown. */
  readonly at: string | undefined
}

export function ObjectTab({ resource, findings, at }: ObjectTabProps) {
  const object = useThing('getResourceObject', resource.cluster.id, resource.key, atPart(at))
  const failing = findings.filter(({ outcome }) => outcome === 'fail')
  const whole = useQueries({
    queries: failing.slice(0, most).map(({ id }) => thing('getFinding', resource.cluster.id, id, atPart(at))),
  })
  const read = whole.flatMap(({ data }) => (data ? [data] : []))
  const unread = failing.length - read.length
  return (
    <Read query={object} rows={16}>
      {data => (
        <>
          {unread > 0 && <Partial>What {counted(unread, 'finding')} found is not marked here.</Partial>}
          <div className={styles.copy}>
            <CopyButton isWide label="Copy YAML" text={yamlText(data)} />
          </div>
          <YamlView
            label="Object"
            text={yamlText(data)}
            marks={oneEach(
              read.flatMap(one =>
                marksOf(data, one).map(mark => ({ ...mark, note: `${one.rule.title}. ${mark.note}` })),
              ),
            )}
          />
        </>
      )}
    </Read>
  )
}

type Mark = MarkedLine & { readonly note: string }

/** One mark for each line: the worst severity, and all that is said. */
function oneEach(marks: readonly Mark[]): MarkedLine[] {
  const byLine = new Map<number, Mark[]>()
  for (const mark of marks) byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark])
  return [...byLine].map(([line, own]) => {
    const worst = severities.find(severity => own.some(mark => mark.severity === severity))
    return {
      line,
      ...(worst && { severity: worst }),
      note: [...new Set(own.map(({ note }) => note))].map(note => <div key={note}>{note}</div>),
    }
  })
}
