// Hidden preview: what accepting a risk would hide now, of what one sees.

import type { ExceptionPreview } from '@plimsoll/core/contract/client'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SeverityCounts } from './bars.tsx'
import styles from './hidden-preview.module.css'
import { Partial, Read } from './states.tsx'
import { counted, wholeNumber } from './words.ts'

/** Findings shown by name. */
const most = 8

export const HiddenPreview = ({ read }: { readonly read: UseQueryResult<ExceptionPreview> }) => (
  <div className={styles.preview} role="region" aria-label="What it hides" aria-busy={read.isFetching}>
    <Read query={read} rows={3}>
      {({ covered, open, clusters, bySeverity, first }) =>
        covered === 0 ? (
          <Partial>It hides none of {counted(open, 'open failure')} that you see: it would be dead.</Partial>
        ) : (
          <>
            <p>
              It hides <strong>{wholeNumber(covered)}</strong> of {counted(open, 'open failure')} that you
              see, in {counted(clusters, 'cluster')}.
            </p>
            <SeverityCounts counts={bySeverity} />
            <ul>
              {first.slice(0, most).map(({ cluster, clusterName, id, rule, resource, discriminator }) => (
                <li key={`${cluster}/${id}`}>
                  <Link to="/findings" search={{ finding: `${cluster}/${id}` }}>
                    {rule}
                  </Link>{' '}
                  {resource || clusterName}
                  {discriminator && ` (${discriminator})`}{' '}
                  {resource && <span className={styles.faint}>{clusterName}</span>}
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
