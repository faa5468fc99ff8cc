// Preview: what an exception would hide now, of what one sees.

import type { ApiClient } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useClusterNames } from '../../data/cluster-names.ts'
import { useCount } from '../../data/read.ts'
import { SeverityCounts } from '../../parts/bars.tsx'
import { Partial, Read } from '../../parts/states.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'
import styles from './exceptions.module.css'

type Cover = Parameters<ApiClient['previewException']>[0]

/** Findings shown by name. */
const most = 8

export function Preview({ cover }: { readonly cover: Cover }) {
  const nameOf = useClusterNames()
  const read = useCount('previewException', cover)
  return (
    <div className={styles.preview} role="region" aria-label="What it hides" aria-busy={read.isFetching}>
      <Read query={read} rows={3}>
        {({ covered, open, clusters, bySeverity, first }) =>
          covered === 0 ? (
            <Partial>
              It hides none of {counted(open, 'open failure')} that you see: it would be dead.
            </Partial>
          ) : (
            <>
              <p>
                It hides <strong>{wholeNumber(covered)}</strong> of {counted(open, 'open failure')} that you
                see, in {counted(clusters, 'cluster')}.
              </p>
              <SeverityCounts counts={bySeverity} />
              <ul>
                {first.slice(0, most).map(({ cluster, id, rule, resource, discriminator }) => (
                  <li key={`${cluster}/${id}`}>
                    <Link to="/findings" search={{ finding: `${cluster}/${id}` }}>
                      {rule}
                    </Link>{' '}
                    {resource || nameOf(cluster)}
                    {discriminator && ` (${discriminator})`}{' '}
                    {resource && <span className={styles.faint}>{nameOf(cluster)}</span>}
                  </li>
                ))}
              </ul>
              {covered > most && <p className={styles.faint}>and {wholeNumber(covered - most)} more</p>}
            </>
          )
        }
      </Read>
    </div>
  )
}
