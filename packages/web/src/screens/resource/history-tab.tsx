// History tab: the versions of the object, and what changed from one to another.

import type { WholeResource } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useThingIf } from '../../data/read.ts'
import { DiffView } from '../../parts/diff-view.tsx'
import { yamlText } from '../../parts/object-text.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { exactTime, Time } from '../../parts/time.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './resource.module.css'

export function HistoryTab({ resource }: { readonly resource: WholeResource }) {
  const { versions, cluster, key } = resource
  const [chosen, choose] = useState(0)
  const after = versions[chosen]
  const before = versions[chosen + 1]
  const isBoth = after !== undefined && before !== undefined
  const old = useThingIf(isBoth, 'getResourceObject', cluster.id, key, { at: before?.from })
  const next = useThingIf(isBoth, 'getResourceObject', cluster.id, key, { at: after?.from })
  if (versions.length === 0) return <Empty title="No version is kept" />
  return (
    <div className={styles.history}>
      <Panel title="Versions" aside="the newest first">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Version</th>
              <th scope="col" className={plain.number}>
                Bytes
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ from, hash, bytes }, index) => (
              <tr key={from} data-open={index === chosen || undefined}>
                <td>
                  <button
                    type="button"
                    className={plain.link}
                    aria-pressed={index === chosen}
                    onClick={() => choose(index)}
                  >
                    <Time at={from} />
                  </button>
                </td>
                <td>
                  <code title={hash}>{hash.slice(0, 10)}</code>
                </td>
                <td className={plain.number}>{wholeNumber(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel
        title="What changed"
        aside={isBoth ? `${exactTime(before.from)} to ${exactTime(after.from)}` : undefined}
      >
        {isBoth ? (
          <Read query={old}>
            {one => (
              <Read query={next}>
                {two => (
                  <DiffView label="Difference of the versions" before={yamlText(one)} after={yamlText(two)} />
                )}
              </Read>
            )}
          </Read>
        ) : (
          <Empty title="The first version that is kept">There is none before it to compare with.</Empty>
        )}
      </Panel>
    </div>
  )
}
