// Matched: what the terms of a zone match now.

import type { ZoneTerm } from '@plimsoll/core/contract/client'
import { useCount } from '../../data/read.ts'
import plain from '../../parts/plain-table.module.css'
import { counted } from '../../parts/words.ts'

export function Matched({ terms }: { readonly terms: readonly ZoneTerm[] }) {
  const { data, error } = useCount('previewZone', { terms })
  if (error) return <span className={plain.fine}>{error.message}</span>
  if (!data) return <span className={plain.fine}>counting</span>
  return (
    <>
      {counted(data.clusters, 'cluster')}, {counted(data.namespaces, 'namespace')},{' '}
      {counted(data.resources, 'resource')}, {counted(data.openFindings, 'open finding')}
    </>
  )
}
